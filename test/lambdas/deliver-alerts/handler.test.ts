import { DeliveryIncomplete, makeHandler } from '../../../lambdas/deliver-alerts/handler';
import { madeApi, nowMs } from '../../adapters/gateway/made-call';
import { madeAlert } from '../../core/alerts/made-alert';
import { madeDecide } from '../../core/alerts/made-decide';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePerson } from '../../core/people/made-person';
import { recordedCounters, recordedLog } from '../recorded';

function made(
  facts: Parameters<typeof madePerson>[0],
  send: (id: string) => Promise<'sent' | 'gone'>,
  sockets = ['a='],
) {
  const { counters, figures } = recordedCounters();
  const { log, lines } = recordedLog();
  const alert = madeAlert();
  const handler = makeHandler({
    ...madeApi([madePerson(facts)]).deps,
    configuration: madeConfiguration(),
    decide: madeDecide(),
    alerts: { find: async (id) => (id === alert.alertId ? { alert } : undefined) },
    connections: {
      list: async () =>
        sockets.map((connectionId) => ({
          connectionId,
          username: 'made-up.officer',
          connectedAtMs: nowMs - 60_000,
          address: '192.0.2.7',
        })),
      remove: async () => undefined,
    },
    sockets: { send, close: async () => undefined },
    imageLinks: { issue: async (targets) => targets.map(() => 'made-up-token') },
    pause: async () => undefined,
    counters,
    log,
  });
  return { handler, figures, lines, event: { alertIds: [alert.alertId] } };
}

it('sends the alerts that it is told of', async () => {
  const { handler, event, figures } = made({}, async () => 'sent');
  await handler(event);
  expect(figures).toEqual(['AlertsSent 1', 'ConnectionsClosed 0', 'ConnectionsGone 0', 'UsersUnserved 0']);
});

it('run by the clock, closes the sockets of users who went off duty [Access-G]', async () => {
  const { handler, figures } = made({ onDuty: false }, async () => 'sent');
  await handler({});
  expect(figures).toEqual(['AlertsSent 0', 'ConnectionsClosed 1', 'ConnectionsGone 0', 'UsersUnserved 0']);
});

it('fails when nobody was served, so that it comes again, and logs nothing of the alert', async () => {
  const { handler, event, lines } = made({}, () => Promise.reject(new Error('TEST123 could not be sent')));
  await expect(handler(event)).rejects.toThrow(DeliveryIncomplete);
  expect(lines).toEqual(['a user was not served {"name":"Error"}']);
});

it('does not come again once somebody has the alert: whom it could not reach is counted', async () => {
  const send = async (id: string) =>
    id === 'b=' ? Promise.reject(new Error('throttled')) : ('sent' as const);
  const { handler, event, figures, lines } = made({}, send, ['b=', 'a=', 'c=']);
  await handler(event);
  expect(figures).toEqual(['AlertsSent 2', 'ConnectionsClosed 0', 'ConnectionsGone 0', 'UsersUnserved 1']);
  expect(lines).toHaveLength(1);
});

it('takes ids and nothing else', async () => {
  const { handler } = made({}, async () => 'sent');
  await expect(handler({ alertIds: ['TEST123'] })).rejects.toThrow();
});
