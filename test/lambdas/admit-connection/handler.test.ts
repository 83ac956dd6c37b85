import { makeHandler } from '../../../lambdas/admit-connection/handler';
import { madeApi } from '../../adapters/gateway/made-call';
import { madeDecide } from '../../core/alerts/made-decide';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePerson } from '../../core/people/made-person';
import { recordedCounters } from '../recorded';

const methodArn = 'arn:aws:execute-api:us-east-2:000000000000:abcdef1234/live/$connect';
const identity = { sourceIp: '192.0.2.7' };

function made(facts: Parameters<typeof madePerson>[0] = {}) {
  const api = madeApi([madePerson(facts)]);
  const calls: unknown[] = [];
  const { counters, figures } = recordedCounters();
  const handler = makeHandler({
    ...api.deps,
    configuration: madeConfiguration(),
    decide: madeDecide(),
    tickets: { take: async (ticket) => (ticket === 'good' ? 'made-up.officer' : undefined) },
    connections: {
      add: async (connection) => void calls.push(['add', connection]),
      remove: async (connectionId) => void calls.push(['remove', connectionId]),
    },
    counters,
  });
  const admit = (ticket?: string) =>
    handler({
      type: 'REQUEST',
      methodArn,
      ...(ticket === undefined ? {} : { queryStringParameters: { ticket } }),
      requestContext: { identity, connectionId: 'made-up=' },
    });
  return { ...api, handler, admit, calls, figures };
}

const answer = (Effect: 'Allow' | 'Deny', principalId: string) => ({
  principalId,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }],
  },
});

it('lets the holder of a ticket in, for this connection alone', async () => {
  const { admit, events } = made();
  expect(await admit('good')).toEqual(answer('Allow', 'made-up.officer'));
  expect(events).toEqual([]);
});

it.each([undefined, '', 'used'])('keeps out who has no good ticket (%p)', async (ticket) => {
  const { admit, events, figures } = made();
  expect(await admit(ticket)).toEqual(answer('Deny', 'nobody'));
  expect(figures).toEqual(['ConnectionsRefused{because=unknown-ticket} 1']);
  expect(events).toEqual([]);
});

it.each([
  ['gone off duty [Access-G]', { onDuty: false }, 'Access-G'],
  ['been suspended [Acct-C]', { suspended: true }, 'Acct-C'],
])('keeps out who has %s since the ticket was issued, with an audited refusal', async (_, facts, clause) => {
  const { admit, events } = made(facts);
  expect(await admit('good')).toEqual(answer('Deny', 'nobody'));
  expect(events).toMatchObject([
    {
      kind: 'refused',
      operation: 'open-connection',
      actor: { username: 'made-up.officer' },
      device: { address: '192.0.2.7' },
      decision: { outcome: 'deny', clause },
    },
  ]);
});

it('lists a connection that opens under the name that its ticket gave, and drops it when it ends', async () => {
  const { handler, calls } = made();
  const common = { connectionId: 'made-up=', identity };
  await handler({
    requestContext: {
      ...common,
      eventType: 'CONNECT',
      connectedAt: 1_795_500_000_000,
      authorizer: { principalId: 'made-up.officer' },
    },
  });
  await handler({ requestContext: { ...common, eventType: 'DISCONNECT' } });
  expect(calls).toEqual([
    [
      'add',
      {
        connectionId: 'made-up=',
        username: 'made-up.officer',
        connectedAtMs: 1_795_500_000_000,
        address: '192.0.2.7',
      },
    ],
    ['remove', 'made-up='],
  ]);
});

it('opens nothing without an authorizer before it', async () => {
  const { handler, calls } = made();
  const requestContext = { connectionId: 'made-up=', identity, eventType: 'CONNECT', connectedAt: 1 };
  await expect(handler({ requestContext })).rejects.toThrow();
  expect(calls).toEqual([]);
});
