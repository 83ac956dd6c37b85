import type { LiveCaller } from '../../../core/alerts/ports';
import { makeHandler } from '../../../lambdas/admit-connection/handler';
import { madeApi, nowMs } from '../../adapters/gateway/made-call';
import { madeDecide } from '../../core/alerts/made-decide';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { exampleKey, madeDevice } from '../../core/devices/made-device';
import { madePerson } from '../../core/people/made-person';
import { madeUse } from '../../core/sessions/made-sessions';
import { recordedCounters } from '../recorded';

const methodArn = 'arn:aws:execute-api:us-east-2:000000000000:abcdef1234/live/$connect';
const identity = { sourceIp: '192.0.2.7' };

const holder: LiveCaller = {
  username: 'made-up.officer',
  device: 'department-console',
  sessionId: 'sign-in-1',
};
const phone = madeDevice(exampleKey);
const onPhone: LiveCaller = { ...holder, device: 'department-phone', deviceId: phone.deviceId };

async function made(facts: Parameters<typeof madePerson>[0] = {}, ticketOf = holder) {
  const api = madeApi([madePerson(facts)], { devices: [phone] });
  await api.sessions.touch(madeUse({ atMs: nowMs }), 1_800_000);
  const calls: unknown[] = [];
  const { counters, figures } = recordedCounters();
  const handler = makeHandler({
    ...api.deps,
    configuration: madeConfiguration(),
    decide: madeDecide(),
    tickets: { take: async (ticket) => (ticket === 'good' ? ticketOf : undefined) },
    isOwnAddress: (address) => address === '192.0.2.7',
    connections: {
      add: async (connection) => void calls.push(['add', connection]),
      remove: async (connectionId) => void calls.push(['remove', connectionId]),
    },
    counters,
  });
  const admit = (ticket?: string, sourceIp = identity.sourceIp) =>
    handler({
      type: 'REQUEST',
      methodArn,
      ...(ticket === undefined ? {} : { queryStringParameters: { ticket } }),
      requestContext: { identity: { sourceIp }, connectionId: 'made-up=' },
    });
  return { ...api, handler, admit, calls, figures };
}

const answer = (Effect: 'Allow' | 'Deny', principalId: string, context = {}) => ({
  principalId,
  context,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }],
  },
});

it('lets the holder of a ticket in, for this connection alone, and hands on what he came with', async () => {
  const { admit, events } = await made();
  const context = { device: 'department-console', sessionId: 'sign-in-1' };
  expect(await admit('good')).toEqual(answer('Allow', 'made-up.officer', context));
  expect(events).toEqual([]);
});

it('lets a phone in from anywhere, and a console only on a network of the Department [Access-G]', async () => {
  const elsewhere = '198.51.100.7';
  const console = await made();
  expect(await console.admit('good', elsewhere)).toEqual(answer('Deny', 'nobody'));
  expect(console.events).toMatchObject([
    { kind: 'refused', device: { address: elsewhere, proven: 'unknown' }, decision: { clause: 'Access-G' } },
  ]);
  const { admit } = await made({}, onPhone);
  expect(await admit('good', elsewhere)).toMatchObject({
    principalId: 'made-up.officer',
    context: { device: 'department-phone', deviceId: phone.deviceId, sessionId: 'sign-in-1' },
  });
});

it('keeps out a phone that was retired since its ticket was issued [Access-G]', async () => {
  const { admit, registry, figures } = await made({}, onPhone);
  await registry.retire(phone.deviceId, { by: 'made-up.administrator', atMs: nowMs });
  expect(await admit('good')).toEqual(answer('Deny', 'nobody'));
  expect(figures).toEqual(['ConnectionsRefused{because=not-allowed} 1']);
});

it.each([undefined, '', 'used'])('keeps out who has no good ticket (%p)', async (ticket) => {
  const { admit, events, figures } = await made();
  expect(await admit(ticket)).toEqual(answer('Deny', 'nobody'));
  expect(figures).toEqual(['ConnectionsRefused{because=unknown-ticket} 1']);
  expect(events).toEqual([]);
});

it.each([
  ['gone off duty [Access-G]', { onDuty: false }, 'Access-G'],
  ['been suspended [Acct-C]', { suspended: true }, 'Acct-C'],
])('keeps out who has %s since the ticket was issued, with an audited refusal', async (_, facts, clause) => {
  const { admit, events } = await made(facts);
  expect(await admit('good')).toEqual(answer('Deny', 'nobody'));
  expect(events).toMatchObject([
    {
      kind: 'refused',
      operation: 'open-connection',
      actor: { username: 'made-up.officer' },
      device: { address: '192.0.2.7', proven: 'department-console', sessionId: 'sign-in-1' },
      decision: { outcome: 'deny', clause },
    },
  ]);
});

it('lists a connection that opens under the name that its ticket gave, and drops it when it ends', async () => {
  const { handler, calls } = await made();
  const common = { connectionId: 'made-up=', identity };
  await handler({
    requestContext: {
      ...common,
      eventType: 'CONNECT',
      connectedAt: 1_795_500_000_000,
      authorizer: {
        principalId: 'made-up.officer',
        device: 'department-phone',
        deviceId: 'key',
        sessionId: 's',
      },
    },
  });
  await handler({ requestContext: { ...common, eventType: 'DISCONNECT' } });
  expect(calls).toEqual([
    [
      'add',
      {
        connectionId: 'made-up=',
        username: 'made-up.officer',
        device: 'department-phone',
        deviceId: 'key',
        sessionId: 's',
        connectedAtMs: 1_795_500_000_000,
        address: '192.0.2.7',
      },
    ],
    ['remove', 'made-up='],
  ]);
});

it.each([
  ['without an authorizer before it', undefined],
  ['for an authorizer that says nothing of the device', { principalId: 'made-up.officer' }],
])('opens nothing %s [Access-G]', async (_, authorizer) => {
  const { handler, calls } = await made();
  const requestContext = {
    connectionId: 'made-up=',
    identity,
    eventType: 'CONNECT',
    connectedAt: 1,
    authorizer,
  };
  await expect(handler({ requestContext })).rejects.toThrow();
  expect(calls).toEqual([]);
});
