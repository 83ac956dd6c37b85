import { apiHandler, type Handle } from '../../../adapters/gateway/api-handler';
import { routeOperations, UnknownRoute } from '../../../adapters/gateway/route';
import { madePerson } from '../../core/people/made-person';
import { type CallFacts, madeApi, madeCall, madeContext } from './made-call';

const answer: Handle<'list-quarantine'> = async () => ({
  kind: 'answer',
  body: { records: [], truncated: false },
});

it('answers somebody in good standing, and lets nothing be kept', async () => {
  const reply = await call({ handle: answer });
  expect(reply).toMatchObject({ statusCode: 200, body: '{"records":[],"truncated":false}' });
  expect(reply.headers).toMatchObject({
    'cache-control': 'no-store',
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
  });
});

it('hands the live person, the device, the parsed query and the accepted types to the handler', async () => {
  const seen: unknown[] = [];
  await call({
    query: { since: '2026-11-24T00:00:00Z' },
    accept: 'image/jpeg, */*;q=0.1',
    handle: async (input, caller, received) => {
      seen.push(input.query, caller, received.accept);
      return answer(input, caller, received);
    },
  });
  expect(seen).toEqual([
    { since: '2026-11-24T00:00:00Z' },
    {
      person: { ...madePerson(), device: 'department-console' },
      device: {
        address: '192.0.2.7',
        userAgent: 'made-up-agent/1',
        sessionId: 'sign-in-of-made-up.officer',
        proven: 'department-console',
      },
      requestId: '00000000-0000-4000-8000-000000000001',
    },
    'image/jpeg, */*;q=0.1',
  ]);
});

it.each([
  ['who is suspended [Acct-C]', { suspended: true }, 'Acct-C'],
  ['whose training ran out [Training]', { trainedUntilMs: 1 }, 'Training'],
])('refuses somebody %s before the handler, with an audited refusal', async (_, facts, clause) => {
  const { reply, events } = await callFully({ person: madePerson(facts), handle: neverCalled });
  expect(reply.statusCode).toBe(403);
  expect(JSON.parse(reply.body)).toMatchObject({
    type: 'urn:platekeeper:problem:policy-refusal',
    clause,
    remedy: expect.any(String),
    instance: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  });
  expect(reply.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
  expect(events).toMatchObject([
    { kind: 'refused', operation: 'list-quarantine', decision: { outcome: 'deny', clause } },
  ]);
});

it('refuses a name without a record and keeps it for the incident file [Access-C] [Acct-D]', async () => {
  const { reply, events } = await callFully({ username: 'stranger', handle: neverCalled });
  expect(JSON.parse(reply.body)).toMatchObject({ status: 403, clause: 'Access-C' });
  expect(events).toMatchObject([
    { kind: 'refused', actor: { kind: 'stranger', username: 'stranger' }, device: { address: '192.0.2.7' } },
  ]);
});

it('refuses a token without the API scope [Access-C]', async () => {
  const { reply } = await callFully({ scope: 'aws.cognito.signin.user.admin', handle: neverCalled });
  expect(JSON.parse(reply.body)).toMatchObject({ status: 403, clause: 'Access-C' });
});

it.each([
  ['of the wrong kind', { token_use: 'id' }],
  ['with the personnel scope alone', { scope: 'platekeeper/personnel' }],
  ['with a scope whose name only begins alike', { scope: 'platekeeper/api-other' }],
  ['without a client', { client_id: undefined }],
])('refuses a person’s token %s [Access-C]', async (_, claims) => {
  const { reply, events } = await callFully({ claims, handle: neverCalled });
  expect(JSON.parse(reply.body)).toMatchObject({ status: 403, clause: 'Access-C' });
  expect(events).toMatchObject([{ kind: 'refused', decision: { outcome: 'deny', clause: 'Access-C' } }]);
});

it('tells which fields of a bad request to put right', async () => {
  const { reply, events } = await callFully({ query: { since: 'yesterday' }, handle: neverCalled });
  expect(JSON.parse(reply.body)).toMatchObject({
    status: 400,
    fields: [{ field: 'since', message: 'must be a time such as 2026-11-24T10:00:00Z' }],
  });
  expect(events).toEqual([]);
});

it('turns away a body that is not JSON', async () => {
  expect(await call({ body: '{', handle: neverCalled })).toMatchObject({ statusCode: 400 });
});

it('tells a refusal only after it is durable: without the audit log it answers 503', async () => {
  const { reply, audit, events } = await callFully({
    isAuditDown: true,
    handle: async () => ({ kind: 'refused', denial: { clause: 'Policy-D', message: 'No.', remedy: 'Ask.' } }),
  });
  expect(audit.isDown).toBe(true);
  expect(JSON.parse(reply.body)).toMatchObject({
    status: 503,
    type: 'urn:platekeeper:problem:audit-unavailable',
  });
  expect(reply.body).not.toContain('Policy-D');
  expect(events).toEqual([]);
});

it('audits the handler’s refusals with what was asked for', async () => {
  const { reply, events } = await callFully({
    handle: async () => ({
      kind: 'refused',
      denial: { clause: 'Policy-D', message: 'No.', remedy: 'Ask.', rules: ['made-up'], policyVersion: 'v1' },
      use: { queried: { plate: 'TEST123' } },
    }),
  });
  expect(reply.statusCode).toBe(403);
  expect(events).toMatchObject([
    {
      kind: 'refused',
      queried: { plate: 'TEST123' },
      decision: { clause: 'Policy-D', rules: ['made-up'], policyVersion: 'v1' },
    },
  ]);
});

it('answers a failure with an id and no detail, and reports it under that id', async () => {
  const { reply, reports } = await callFully({
    handle: async () => Promise.reject(new Error('TEST123 broke')),
  });
  expect(JSON.parse(reply.body)).toMatchObject({
    status: 500,
    instance: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  });
  expect(reply.body).not.toContain('TEST123');
  expect(reports).toMatchObject([
    { requestId: '00000000-0000-4000-8000-000000000001', operation: 'list-quarantine' },
  ]);
});

it('answers a problem before its time runs out', async () => {
  const { reply, reports } = await callFully({ remainingMs: 1010, handle: () => new Promise(() => {}) });
  expect(reply.statusCode).toBe(500);
  expect(reports).toMatchObject([{ error: { name: 'TimeRanOut' } }]);
});

it('routes a function’s operations by method and path', async () => {
  const reply = { statusCode: 200, body: 'removed' };
  const route = routeOperations({ 'remove-hot-list-entry': async () => reply });
  const event = { httpMethod: 'DELETE', resource: '/v1/hot-list/entries/{entryId}' };
  expect(await route(event, madeContext())).toBe(reply);
  await expect(route({ ...event, httpMethod: 'GET' }, madeContext())).rejects.toThrow(UnknownRoute);
});

const neverCalled: Handle<'list-quarantine'> = async () => {
  throw new Error('the handler was reached');
};

interface CallOptions extends CallFacts {
  readonly handle: Handle<'list-quarantine'>;
  readonly person?: ReturnType<typeof madePerson>;
  readonly isAuditDown?: boolean;
  readonly remainingMs?: number;
}

async function callFully(options: CallOptions) {
  const api = madeApi([options.person ?? madePerson()]);
  api.audit.isDown = options.isAuditDown ?? false;
  const handler = apiHandler({ operation: 'list-quarantine', deps: api.deps, handle: options.handle });
  const reply = await handler(madeCall(options), madeContext(options.remainingMs));
  return { ...api, reply };
}

async function call(options: CallOptions) {
  return (await callFully(options)).reply;
}
