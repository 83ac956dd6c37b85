import { isSameDevice, registerDevice } from '../../../core/devices/device';
import { publicKeyOf } from '../../../core/devices/make-proof';
import { madePerson } from '../people/made-person';
import { exampleKey, madeDevice } from './made-device';

const registration = {
  kind: 'phone',
  publicKey: publicKeyOf(exampleKey),
  assignedTo: 'made-up.officer',
  label: 'Phone 7',
} as const;
const facts = { assignee: madePerson(), by: 'made-up.administrator', nowMs: 1_000 };
const { assignedTo: _, ...toNobody } = registration;

it('registers a phone under the thumbprint of its key', () => {
  expect(registerDevice(registration, facts)).toEqual({
    kind: 'registered',
    device: {
      deviceId: 'oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U',
      kind: 'phone',
      publicKey: registration.publicKey,
      assignedTo: 'made-up.officer',
      label: 'Phone 7',
      registeredBy: 'made-up.administrator',
      registeredAtMs: 1_000,
    },
  });
});

it.each([
  ['a sworn officer', {}, 'registered'],
  ['a member of CIAU who is not sworn', { sworn: false, division: 'ciau' }, 'registered'],
  ['anybody else', { sworn: false, division: 'communications' }, 'invalid'],
  ['somebody whose access ended', { disabled: true }, 'invalid'],
])('registers a phone for %s, or does not [Access-G]', (_, person, kind) => {
  expect(registerDevice(registration, { ...facts, assignee: madePerson(person) }).kind).toBe(kind);
});

it('registers no phone for nobody, and none for a name without a record [Access-G]', () => {
  const { assignee: __, ...others } = facts;
  expect(registerDevice(toNobody, { ...others, assignee: undefined })).toMatchObject({
    kind: 'invalid',
    field: 'assignedTo',
    clause: 'Access-G',
  });
  expect(registerDevice(registration, { ...others, assignee: undefined })).toMatchObject({
    kind: 'invalid',
    field: 'assignedTo',
  });
});

it('registers a console for everybody at its desk', () => {
  const console = registerDevice({ ...toNobody, kind: 'console' }, { ...facts, assignee: undefined });
  expect(console).toMatchObject({ kind: 'registered', device: { kind: 'console' } });
});

it('registers no key that is off its curve', () => {
  const publicKey = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } as const;
  expect(registerDevice({ ...registration, publicKey }, facts)).toMatchObject({ field: 'publicKey' });
});

it('is the same device while active, of one kind, one user and one label', () => {
  const device = madeDevice(exampleKey);
  expect(isSameDevice(device, madeDevice(exampleKey, { registeredAtMs: 5 }))).toBe(true);
  expect(isSameDevice({ ...device, retired: { by: 'x', atMs: 1 } }, device)).toBe(false);
  expect(isSameDevice(device, { ...device, kind: 'console' })).toBe(false);
  expect(isSameDevice(device, { ...device, assignedTo: 'made-up.colleague' })).toBe(false);
  expect(isSameDevice(device, { ...device, label: 'Phone 8' })).toBe(false);
});
