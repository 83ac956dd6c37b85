import type { Device } from '../../../core/devices/device';
import { deviceFactOf } from '../../../core/devices/device-fact';
import { exampleKey, madeDevice } from './made-device';

const retired = { by: 'made-up.administrator', atMs: 1 };
const devices = {
  'own phone': madeDevice(exampleKey),
  'somebody else’s phone': madeDevice(exampleKey, { assignedTo: 'made-up.colleague' }),
  'retired phone': madeDevice(exampleKey, { retired }),
  'console of a desk': unassigned(madeDevice(exampleKey, { kind: 'console' })),
  'own console': madeDevice(exampleKey, { kind: 'console' }),
  'somebody else’s console': madeDevice(exampleKey, { kind: 'console', assignedTo: 'made-up.colleague' }),
  'retired console': madeDevice(exampleKey, { kind: 'console', retired }),
  'phone of nobody': unassigned(madeDevice(exampleKey)),
  unregistered: undefined,
} as const;

const phone = 'department-phone';
const desk = 'department-console';
const unknown = 'unknown';

/** Proven key → on a network of the Department with the console, elsewhere with it, on a network with a phone’s token. */
it.each([
  ['no proof', [desk, unknown, unknown]],
  ['own phone', [phone, phone, phone]],
  ['somebody else’s phone', [unknown, unknown, unknown]],
  ['retired phone', [unknown, unknown, unknown]],
  ['console of a desk', [desk, desk, desk]],
  ['own console', [desk, desk, desk]],
  ['somebody else’s console', [unknown, unknown, unknown]],
  ['retired console', [unknown, unknown, unknown]],
  ['phone of nobody', [unknown, unknown, unknown]],
  ['unregistered', [unknown, unknown, unknown]],
] as const)('knows a call with %s for what it is wherever it comes from [Access-G]', (proven, expected) => {
  const evidence = {
    username: 'made-up.officer',
    consoleDevices: true,
    ...(proven === 'no proof' ? {} : { proven: { device: devices[proven] } }),
  };
  expect([
    deviceFactOf({ ...evidence, client: 'console', isOnOwnNetwork: true }),
    deviceFactOf({ ...evidence, client: 'console', isOnOwnNetwork: false }),
    deviceFactOf({ ...evidence, client: 'mobile', isOnOwnNetwork: true }),
  ]).toEqual(expected);
});

it('knows no registered console where the configuration takes networks alone [Access-G]', () => {
  const evidence = { username: 'made-up.officer', client: 'console', isOnOwnNetwork: true } as const;
  const proven = { device: devices['console of a desk'] };
  expect(deviceFactOf({ ...evidence, proven, consoleDevices: false })).toBe(unknown);
});

function unassigned({ assignedTo: _, ...device }: Device): Device {
  return device;
}
