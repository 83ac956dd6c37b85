import type { LiveCaller } from '../../../core/alerts/ports';
import { type ReceiverDeps, receiverOf } from '../../../core/alerts/receiver';
import type { Person } from '../../../core/people/person';
import { madeConfiguration } from '../contract/made-configuration';
import { exampleKey, madeDevice, madeRegistry } from '../devices/made-device';
import { madePerson } from '../people/made-person';
import { madeSessions, madeUse } from '../sessions/made-sessions';
import { madeDecide } from './made-decide';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const minuteMs = 60_000;
const phone = madeDevice(exampleKey);
const decide = madeDecide();
const onPhone: LiveCaller = {
  username: 'made-up.officer',
  device: 'department-phone',
  deviceId: phone.deviceId,
  sessionId: 'sign-in-1',
};
const { deviceId: _, ...known } = onPhone;
const onConsole: LiveCaller = { ...known, device: 'department-console' };

it('gives alerts to an officer on duty, on his phone and at a console [Access-G]', async () => {
  const { receiver } = await made();
  expect(await receiver(onPhone)).toMatchObject({ kind: 'receives', person: { device: 'department-phone' } });
  expect(await receiver(onConsole)).toMatchObject({
    kind: 'receives',
    person: { device: 'department-console' },
  });
});

it.each([
  ['off duty [Access-G]', { onDuty: false }, 'Access-G'],
  ['suspended [Acct-C]', { suspended: true }, 'Acct-C'],
  ['disabled [Access-C]', { disabled: true }, 'Access-C'],
  ['untrained [Training]', { trainedUntilMs: nowMs }, 'Training'],
])('gives none to an officer who is %s by now', async (_title, facts, clause) => {
  const { receiver } = await made(facts);
  expect(await receiver(onPhone)).toMatchObject({ kind: 'refused', denial: { clause } });
});

it('gives none on a phone that was retired, is somebody else’s now, or was never registered [Access-G]', async () => {
  const { receiver, registry } = await made();
  registry.rows.set(phone.deviceId, { ...phone, assignedTo: 'made-up.colleague' });
  expect(await receiver(onPhone)).toMatchObject({ kind: 'refused', denial: { clause: 'Access-G' } });
  registry.rows.set(phone.deviceId, { ...phone, retired: { by: 'made-up.administrator', atMs: 1 } });
  expect(await receiver(onPhone)).toMatchObject({ kind: 'refused', denial: { clause: 'Access-G' } });
  registry.rows.clear();
  expect(await receiver(onPhone)).toMatchObject({ kind: 'refused', denial: { clause: 'Access-G' } });
});

it('gives none to a device that is not known [Access-G]', async () => {
  const { receiver } = await made();
  expect(await receiver({ ...onConsole, device: 'unknown' })).toMatchObject({
    kind: 'refused',
    denial: { clause: 'Access-G' },
  });
});

it('gives none once the session behind it was ended, or is nowhere [Access-C]', async () => {
  const { receiver, sessions } = await made();
  const [[key, session] = []] = [...sessions.rows];
  if (key === undefined || session === undefined) throw new Error('no session');
  sessions.rows.set(key, { ...session, endedAtMs: nowMs });
  expect(await receiver(onPhone)).toMatchObject({ kind: 'refused', denial: { clause: 'Access-C' } });
  sessions.rows.clear();
  expect(await receiver(onPhone)).toMatchObject({ kind: 'refused', denial: { clause: 'Access-C' } });
});

it('ends a console’s connection with thirty minutes without a call, and a phone’s not [Access-C]', async () => {
  const { receiver } = await made();
  const kinds = async (minutes: number) => [
    (await receiver(onConsole, nowMs + minutes * minuteMs)).kind,
    (await receiver(onPhone, nowMs + minutes * minuteMs)).kind,
  ];
  expect(await kinds(29)).toEqual(['receives', 'receives']);
  expect(await kinds(30)).toEqual(['refused', 'receives']);
});

async function made(facts: Partial<Person> = {}) {
  const sessions = madeSessions();
  await sessions.touch(madeUse({ atMs: nowMs }), 30 * minuteMs);
  const registry = madeRegistry([phone]);
  const deps: ReceiverDeps = {
    people: { find: async () => madePerson(facts) },
    devices: registry,
    sessions,
    decide,
    configuration: madeConfiguration(),
  };
  const receiver = (caller: LiveCaller, atMs = nowMs) => receiverOf(deps, caller, atMs);
  return { receiver, sessions, registry };
}
