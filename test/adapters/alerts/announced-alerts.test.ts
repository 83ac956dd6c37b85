import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import type { Raised } from '../../../adapters/alerts/alerts';
import { AnnouncedAlerts } from '../../../adapters/alerts/announced-alerts';
import { madeAlert } from '../../core/alerts/made-alert';

const lambda = mockClient(LambdaClient);
beforeEach(() => lambda.reset());

const raising = (outcome: Raised) =>
  new AnnouncedAlerts({
    alerts: { raise: async () => outcome },
    lambda: new LambdaClient({ region: 'us-east-2' }),
    deliverFunction: 'deliver-alerts',
  }).raise(madeAlert());

it.each<Raised>([
  { kind: 'raised', raisedAtMs: 1 },
  { kind: 'known', raisedAtMs: 1 },
])('announces an alert that is $kind, by its id alone', async (outcome) => {
  lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
  expect(await raising(outcome)).toEqual(outcome);
  const [call] = lambda.commandCalls(InvokeCommand);
  expect(call?.args[0].input).toMatchObject({ FunctionName: 'deliver-alerts', InvocationType: 'Event' });
  expect(String(call?.args[0].input.Payload)).toBe(JSON.stringify({ alertIds: [madeAlert().alertId] }));
});

it('announces nothing that is forgotten', async () => {
  expect(await raising({ kind: 'forgotten' })).toEqual({ kind: 'forgotten' });
  expect(lambda.calls()).toEqual([]);
});

it('rejects when the announcement failed, so that the record comes again', async () => {
  lambda.on(InvokeCommand).rejects(new Error('throttled'));
  await expect(raising({ kind: 'raised', raisedAtMs: 1 })).rejects.toMatchObject({ code: 'unavailable' });
});
