import { escalateAlerts } from '../../../core/alerts/escalate-alerts';
import { madePerson } from '../people/made-person';
import { madeAlert, madeRecord } from './made-alert';
import { type LiveFacts, madeConnection, madeLive, nowMs } from './made-live';

const minute = 60_000;
const openSince = (minutes: number, n = 1) => {
  const raisedAtMs = nowMs - minutes * minute;
  return madeRecord({ alert: madeAlert(n, { raisedAtMs, capturedAtMs: raisedAtMs - 500 }) });
};
const staff = (['officer', 'supervisor', 'lieutenant', 'commander', 'dispatcher'] as const).map((role) =>
  madePerson({ username: `made-up.${role}`, role }),
);
const sockets = staff.map(({ username }) => madeConnection({ username, connectionId: username }));
const live = (facts: Partial<LiveFacts>) => {
  const made = madeLive({ people: staff, connections: sockets, records: [openSince(6)], ...facts });
  return { ...made, escalate: escalateAlerts(made.deps) };
};

it('tells supervisors, lieutenants and commanders on duty of an alert that nobody took on in time', async () => {
  const { escalate, sent, events, notices } = live({});
  expect(await escalate()).toEqual({ escalated: 1, failures: [] });
  expect(sent.map((each) => each.connectionId).sort()).toEqual([
    'made-up.commander',
    'made-up.lieutenant',
    'made-up.supervisor',
  ]);
  expect(JSON.parse(sent[0]?.text ?? '')).toMatchObject({ alert: { state: 'open', escalated: true } });
  const { alertId } = madeAlert();
  expect(events[0]).toMatchObject({ kind: 'alert-escalated', atMs: nowMs, alertId, state: 'open' });
  expect(notices).toEqual([
    { kind: 'alert-escalated', alertId, priority: 'ordinary', network: 'bloomington', told: [] },
  ]);
});

it('does so once', async () => {
  const { escalate, sent, events } = live({});
  await escalate();
  expect(await escalate()).toEqual({ escalated: 0, failures: [] });
  expect(sent).toHaveLength(3);
  expect(events.filter((each) => each.kind === 'alert-escalated')).toHaveLength(1);
});

it('leaves alone what is younger than the configured time, or taken on', async () => {
  const { alert } = openSince(6);
  const taken = madeRecord({ alert: { ...alert, state: 'acknowledged' } });
  for (const record of [openSince(4), taken])
    expect(await live({ records: [record] }).escalate()).toEqual({ escalated: 0, failures: [] });
});

it('looks back across midnight, and not at captures of older days', async () => {
  expect(await live({ records: [openSince(13 * 60)] }).escalate()).toMatchObject({ escalated: 1 });
  expect(await live({ records: [openSince(37 * 60)] }).escalate()).toMatchObject({ escalated: 0 });
});

it('sends nothing to a supervisor off duty [Access-G]', async () => {
  const people = [madePerson({ username: 'made-up.supervisor', role: 'supervisor', onDuty: false })];
  const { escalate, sent, notices } = live({ people });
  await escalate();
  expect([sent, notices.length]).toEqual([[], 1]);
});

it('comes again with the next minute when nobody could be told, under the same event', async () => {
  const down = { people: [], isTopicDown: true };
  const { escalate, events } = live(down);
  expect(await escalate()).toMatchObject({ escalated: 1, failures: [expect.any(Error)] });
  expect(await escalate()).toMatchObject({ escalated: 1 });
  expect(events.filter((each) => each.kind === 'alert-escalated')).toHaveLength(1);
});

it('tells nobody where the audit log is down, and comes again', async () => {
  const { escalate, sent, notices } = live({ isAuditDown: true });
  expect(await escalate()).toMatchObject({ escalated: 0, failures: [expect.any(Error)] });
  expect([sent, notices]).toEqual([[], []]);
});

it('lets no alert’s failure hold back another', async () => {
  const both = live({ records: [openSince(7, 1), openSince(6, 2)] });
  let asked = 0;
  const { find } = both.deps.alerts;
  const alerts = {
    find: async (id: string) => {
      if (asked++ === 0) throw new Error('malformed');
      return find(id);
    },
  };
  expect(await escalateAlerts({ ...both.deps, alerts })()).toMatchObject({
    escalated: 1,
    failures: [expect.any(Error)],
  });
  expect(both.sent).toHaveLength(3);
});
