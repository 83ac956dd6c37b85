import { DeliveryIncomplete, makeHandler } from '../../../lambdas/deliver-alerts/handler';
import { madeAlert, madeRecord } from '../../core/alerts/made-alert';
import { type LiveFacts, madeConnection, madeLive, nowMs } from '../../core/alerts/made-live';
import { madePerson } from '../../core/people/made-person';
import { recordedCounters, recordedLog } from '../recorded';

const alert = madeAlert(1, { capturedAtMs: nowMs - 600_500, raisedAtMs: nowMs - 600_000 });
const officerSockets = (...ids: readonly string[]) =>
  ids.map((connectionId) => madeConnection({ connectionId }));

function made(facts: Partial<LiveFacts> = {}) {
  const { counters, figures } = recordedCounters();
  const { log, lines } = recordedLog();
  const live = madeLive({ people: [madePerson()], records: [madeRecord({ alert })], ...facts });
  const handler = makeHandler({ ...live.deps, counters, log });
  return { ...live, handler, figures, lines, event: { alertIds: [alert.alertId], because: 'raised' } };
}

it('sends the alerts that it is told of', async () => {
  const { handler, event, figures, notices } = made();
  await handler(event);
  expect(figures).toEqual(['AlertsSent 1', 'ConnectionsClosed 0', 'ConnectionsGone 0', 'UsersUnserved 0']);
  expect(notices).toMatchObject([{ kind: 'alert-raised' }]);
});

it('run by the clock, closes the sockets of users who went off duty [Access-G]', async () => {
  const { handler, figures, closed } = made({ people: [madePerson({ onDuty: false })], records: [] });
  await handler({});
  expect(closed).toEqual(['socket-1']);
  expect(figures.slice(0, 2)).toEqual(['AlertsSent 0', 'ConnectionsClosed 1']);
});

it('run by the clock, tells supervisors of an alert that nobody took on', async () => {
  const { handler, figures, sent } = made({ people: [madePerson({ role: 'supervisor' })] });
  await handler({});
  await handler({});
  expect(sent).toHaveLength(1);
  expect(figures.filter((each) => each.startsWith('Alerts'))).toEqual([
    'AlertsSent 0',
    'AlertsEscalated 1',
    'AlertsSent 0',
    'AlertsEscalated 0',
  ]);
});

it('counts an escalation of which nobody could be told, and goes on', async () => {
  const { handler, figures, lines } = made({ isTopicDown: true });
  await handler({});
  expect(figures).toContain('EscalationsIncomplete 1');
  expect(lines).toEqual(['an escalation was incomplete {"name":"Error"}']);
});

it('fails when nobody was served, so that it comes again, and logs nothing of the alert', async () => {
  const { handler, event, lines } = made({ failing: 'socket-1' });
  await expect(handler(event)).rejects.toThrow(DeliveryIncomplete);
  expect(lines).toEqual(['a user was not served {"name":"Error"}']);
});

it('does not come again once somebody has the alert: whom it could not reach is counted', async () => {
  const connections = officerSockets('b=', 'a=', 'c=');
  const { handler, event, figures, lines } = made({ connections, failing: 'b=' });
  await handler(event);
  expect(figures).toEqual(['AlertsSent 2', 'ConnectionsClosed 0', 'ConnectionsGone 0', 'UsersUnserved 1']);
  expect(lines).toHaveLength(1);
});

it('takes ids and nothing else', async () => {
  const { handler } = made();
  await expect(handler({ alertIds: ['TEST123'] })).rejects.toThrow();
});
