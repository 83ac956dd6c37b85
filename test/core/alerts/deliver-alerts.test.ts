import { deliverAlerts } from '../../../core/alerts/deliver-alerts';
import { liveMessage } from '../../../core/contract/live-alerts';
import type { Person } from '../../../core/people/person';
import type { Session } from '../../../core/sessions/session';
import { exampleKey, madeDevice } from '../devices/made-device';
import { madePerson } from '../people/made-person';
import { madeAlert, madeRecord, madeSighting, madeVehicle } from './made-alert';
import { type LiveFacts, madeConnection, madeLive, nowMs } from './made-live';

const alert = madeAlert();

function deliverTo(facts: LiveFacts) {
  const live = madeLive(facts);
  const deliver = (alertIds: readonly string[], because: 'raised' | 'changed' = 'changed') =>
    deliverAlerts(live.deps)({ alertIds, because });
  return { ...live, deliver };
}

it('sends what GET /v1/alerts answers to a user on duty with the network in scope [Access-G] [Policy-F]', async () => {
  const live = deliverTo({ people: [madePerson()] });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 1, closed: 0, gone: 0, failures: [] });
  const [sent] = live.sent;
  expect(sent?.connectionId).toBe('socket-1');
  expect(liveMessage.parse(JSON.parse(sent?.text ?? ''))).toMatchObject({
    kind: 'alert',
    alert: {
      alertId: alert.alertId,
      state: 'open',
      priority: 'ordinary',
      plate: 'TEST123',
      network: 'bloomington',
      listed: { listName: 'Custom hot list', concern: 'felony-vehicle' },
      notice: expect.stringContaining('reasonable suspicion'),
      images: { plate: '/v1/images/token-0', vehicle: '/v1/images/token-1' },
    },
  });
  expect(sent?.text).not.toContain(alert.entryId);
});

const phone = madeDevice(exampleKey);
const phoneSocket = madeConnection({
  device: 'department-phone',
  deviceId: phone.deviceId,
  sessionId: 'sign-in-1',
});
const session: Session = {
  sessionId: 'sign-in-1',
  startedAtMs: nowMs - 7_200_000,
  lastSeenMs: nowMs - 3_600_000,
  address: '192.0.2.7',
  client: 'mobile',
  device: 'department-phone',
};

it('is in the audit log before it leaves, and the image links are its own', async () => {
  const devices = [phone];
  const live = deliverTo({
    people: [madePerson()],
    connections: [phoneSocket],
    devices,
    sessions: [session],
  });
  await live.deliver([alert.alertId]);
  expect(live.steps).toEqual(['alert-sent', 'links', 'send']);
  expect(live.events).toMatchObject([
    {
      kind: 'alert-sent',
      actor: { username: 'made-up.officer' },
      operation: 'deliver-alerts',
      device: {
        address: '192.0.2.7',
        proven: 'department-phone',
        deviceId: phone.deviceId,
        sessionId: 'sign-in-1',
      },
      alertId: alert.alertId,
      network: 'bloomington',
      decision: { outcome: 'permit' },
    },
  ]);
  const [event] = live.events;
  expect(live.links.map((each) => each.searchId)).toEqual(
    Array(2).fill(event?.kind === 'alert-sent' && event.deliveryId),
  );
});

it.each<[string, Partial<LiveFacts>]>([
  [
    'phone was retired [Access-G]',
    { devices: [{ ...phone, retired: { by: 'made-up.administrator', atMs: nowMs - 1 } }] },
  ],
  ['sign-in was ended [Access-C]', { sessions: [{ ...session, endedAtMs: nowMs - 1 }] }],
])('closes a socket whose %s, and sends nothing', async (_, changes) => {
  const facts = { connections: [phoneSocket], devices: [phone], sessions: [session], ...changes };
  const live = deliverTo({ people: [madePerson()], ...facts });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 0, closed: 1 });
  expect(live.sent).toEqual([]);
});

it('comes again as it stands now, with its state and its trail [Policy-G]', async () => {
  const record = madeRecord({ alert: madeAlert(1, { state: 'verified' }), trail: [madeSighting(2)] });
  const live = deliverTo({ people: [madePerson()], records: [record] });
  await live.deliver([alert.alertId]);
  expect(JSON.parse(live.sent[0]?.text ?? '')).toMatchObject({
    alert: {
      alertId: alert.alertId,
      state: 'verified',
      trail: [{ cameraId: 'fixed-2', capturedAt: '2026-11-02T12:02:00.000Z' }],
    },
  });
});

it('does not leave where the audit log is down', async () => {
  const live = deliverTo({ people: [madePerson()], isAuditDown: true });
  const { sent, failures } = await live.deliver([alert.alertId]);
  expect([sent, failures.length, live.sent]).toEqual([0, 1, []]);
});

it.each<[string, Partial<Person>]>([
  ['off duty [Access-G]', { onDuty: false }],
  ['suspended [Acct-C]', { suspended: true }],
  ['disabled [Access-C]', { disabled: true }],
  ['whose training ran out [Training]', { trainedUntilMs: nowMs }],
  ['of a role without alerts [Access-C]', { role: 'records-officer' }],
])('closes the socket of a user who is %s, and sends nothing', async (_, facts) => {
  const live = deliverTo({ people: [madePerson(facts)] });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 0, closed: 1 });
  expect([live.sent, live.closed, live.removed]).toEqual([[], ['socket-1'], ['socket-1']]);
  expect(live.events).toEqual([]);
});

it('closes a socket that was opened with no device of the department [Access-G]', async () => {
  const live = deliverTo({ people: [madePerson()], connections: [madeConnection({ device: 'unknown' })] });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 0, closed: 1 });
});

it('closes the socket of a user who has no record any more', async () => {
  expect(await deliverTo({ people: [] }).deliver([])).toMatchObject({ closed: 1 });
});

it('sends nothing of a network out of scope, and leaves the socket open [Access-D.1]', async () => {
  const far = madeRecord({ alert: madeAlert(2, { network: 'peoria' }) });
  const live = deliverTo({
    people: [madePerson({ role: 'dispatcher', sworn: false, division: 'communications' })],
    records: [far],
  });
  expect(await live.deliver([far.alert.alertId])).toMatchObject({ sent: 0, closed: 0, failures: [] });
  expect(live.sent).toEqual([]);
});

it('sends to each user what the networks in his scope saw, and no more [Access-D.1]', async () => {
  const trail = [madeSighting(1, { network: 'mclean-county' }), madeSighting(2)];
  const record = madeRecord({ alert: madeAlert(1, { network: 'mclean-county' }), trail });
  const dispatcher = madePerson({
    username: 'made-up.dispatcher',
    role: 'dispatcher',
    sworn: false,
    division: 'communications',
  });
  const live = deliverTo({
    people: [madePerson(), dispatcher],
    records: [record],
    connections: [
      madeConnection(),
      madeConnection({ connectionId: 'socket-2', username: 'made-up.dispatcher' }),
    ],
  });
  await live.deliver([alert.alertId]);
  const seen = live.sent.map(({ text }) => liveMessage.parse(JSON.parse(text)).alert);
  expect(seen.map(({ network, trail }) => [network, trail.length])).toEqual(
    expect.arrayContaining([
      ['mclean-county', 2],
      ['bloomington', 0],
    ]),
  );
});

it('forgets a socket that is gone, but not one that may still be opening', async () => {
  const old = deliverTo({ people: [madePerson()], isGone: true });
  expect(await old.deliver([alert.alertId])).toMatchObject({ gone: 1 });
  expect(old.removed).toEqual(['socket-1']);
  const connections = [madeConnection({ connectedAtMs: nowMs - 1000 })];
  const opening = deliverTo({ people: [madePerson()], isGone: true, connections });
  expect(await opening.deliver([alert.alertId])).toMatchObject({ gone: 1 });
  expect(opening.removed).toEqual([]);
});

const two = ['made-up.first', 'made-up.second'];
const twoPeople = two.map((username) => madePerson({ username }));
const twoSockets = two.map((username, at) => madeConnection({ username, connectionId: `socket-${at}` }));

it('lets no user’s failure hold back another', async () => {
  const live = deliverTo({ people: twoPeople, connections: twoSockets, failing: 'socket-0' });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 1, failures: [expect.any(Error)] });
  expect(live.sent.map((each) => each.connectionId)).toEqual(['socket-1']);
});

it('tries again for whom it failed, and for nobody else', async () => {
  const live = deliverTo({ people: twoPeople, connections: twoSockets, failing: 'socket-0', failures: 2 });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 2, failures: [] });
  expect(live.sent.map((each) => each.connectionId).sort()).toEqual(['socket-0', 'socket-1']);
  expect(live.events.map((event) => event.kind)).toEqual(['alert-sent', 'alert-sent']);
  expect(live.pauses).toEqual([200, 400]);
});

it('serves the others where one person’s record cannot be read', async () => {
  const live = deliverTo({ people: twoPeople, connections: twoSockets, damaged: 'made-up.first' });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 1, failures: [expect.any(Error)] });
  expect(live.sent.map((each) => each.connectionId)).toEqual(['socket-1']);
});

it('leaves out an alert that is forgotten', async () => {
  const forgotten = deliverTo({ people: [madePerson()], records: [] });
  expect(await forgotten.deliver([alert.alertId], 'raised')).toMatchObject({ sent: 0, failures: [] });
  expect(forgotten.notices).toEqual([]);
});

describe('the topic of notices', () => {
  it('hears of a new alert, also when no socket is open, and nothing of vehicle or place', async () => {
    const record = madeRecord({ alert: madeAlert(1, { vehicle: madeVehicle({ cautions: ['armed'] }) }) });
    const live = deliverTo({ people: [madePerson()], records: [record], connections: [] });
    await live.deliver([alert.alertId], 'raised');
    expect(live.notices).toEqual([
      { kind: 'alert-raised', alertId: alert.alertId, priority: 'caution', network: 'bloomington', told: [] },
    ]);
  });

  it('hears whom the entry names, on duty or not, and no message of an alert shows it [Policy-H.a]', async () => {
    const named = madeVehicle({ told: ['made-up.sergeant'] });
    const record = madeRecord({ alert: madeAlert(1, { vehicle: named }) });
    const live = deliverTo({ people: [madePerson()], records: [record] });
    await live.deliver([alert.alertId], 'raised');
    expect(live.notices).toMatchObject([{ told: ['made-up.sergeant'] }]);
    expect(live.sent.map(({ text }) => text.includes('sergeant'))).toEqual([false]);
  });

  it('hears nothing of an alert that only changed', async () => {
    const live = deliverTo({ people: [madePerson()] });
    await live.deliver([alert.alertId], 'changed');
    expect([live.notices, live.sent.length]).toEqual([[], 1]);
  });

  it('takes no alert from a socket when it cannot be reached', async () => {
    const live = deliverTo({ people: [madePerson()], isTopicDown: true });
    expect(await live.deliver([alert.alertId], 'raised')).toMatchObject({
      sent: 1,
      failures: [expect.any(Error)],
    });
  });
});
