import { join } from 'node:path';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import { makeHandler } from '../../../lambdas/search-reads/handler';
import { madeApi, madeCall, madeContext } from '../../adapters/gateway/made-call';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePerson } from '../../core/people/made-person';
import { id, madeSearch, readAt, request } from '../../core/search/made-search';

const decide = createDecideAccess({
  policyFolder: join(__dirname, '..', '..', '..', 'policy'),
  configuration: madeConfiguration(),
});
const people = [madePerson(), madePerson({ username: 'made-up.dispatcher', role: 'dispatcher' })];

it('answers an officer’s search with its two events', async () => {
  const { reply, events } = await search({ body: request });
  expect(reply.statusCode).toBe(200);
  expect(JSON.parse(reply.body)).toMatchObject({
    results: [{ readId: id(12), plate: 'TEST123' }],
    truncated: false,
  });
  expect(events.map((event) => event.kind)).toEqual(['requested', 'answered']);
});

it('refuses a search without a reason before anything is read [Access-E]', async () => {
  const { reason: _, ...body } = request;
  const { reply, steps, events } = await search({ body });
  expect(JSON.parse(reply.body)).toMatchObject({
    status: 400,
    clause: 'Access-E',
    fields: [{ field: 'reason', message: 'is missing', clause: 'Access-E' }],
  });
  expect(steps).toEqual([]);
  expect(events).toMatchObject([
    { kind: 'refused', decision: { clause: 'Access-E', rules: ['request-form'] } },
  ]);
});

it('refuses a dispatcher beyond the local networks, and keeps what was asked for [Access-D.1]', async () => {
  const { reply, steps, events } = await search({
    username: 'made-up.dispatcher',
    body: { ...request, networks: ['mclean-county'] },
  });
  expect(JSON.parse(reply.body)).toMatchObject({ status: 403, clause: 'Access-D.1' });
  expect(steps).toEqual([]);
  expect(events).toMatchObject([
    {
      kind: 'refused',
      actor: { username: 'made-up.dispatcher' },
      queried: { networks: ['mclean-county'] },
      purpose: { kind: 'felony' },
      reason: { phrase: 'Stolen Vehicle' },
      decision: { clause: 'Access-D.1', rules: ['dispatcher-local-networks'] },
    },
  ]);
});

it('refuses a reason that speaks of immigration, with the clause [Policy-C]', async () => {
  const { reply } = await search({
    body: { ...request, reason: { kind: 'phrase', phrase: 'Immigration hold' } },
  });
  expect(JSON.parse(reply.body)).toMatchObject({ status: 403, clause: 'Policy-C' });
});

it('answers 429 with an audited refusal when the day’s searches are used up [Storage-A]', async () => {
  const { reply, events } = await search({ body: request, isUsedUp: true });
  expect(JSON.parse(reply.body)).toMatchObject({ status: 429, clause: 'Storage-A' });
  expect(events).toMatchObject([{ kind: 'refused', decision: { clause: 'Storage-A' } }]);
});

it('answers 429 and no read when they go beyond the day’s results, with an audited refusal [Storage-A]', async () => {
  const { reply, events } = await search({ body: request, areResultsUsedUp: true });
  expect(JSON.parse(reply.body)).toMatchObject({ status: 429, clause: 'Storage-A' });
  expect(reply.body).not.toContain('TEST123');
  expect(events).toMatchObject([
    { kind: 'requested' },
    { kind: 'answered', counts: { reads: 0, withheld: 1 } },
    { kind: 'refused', decision: { clause: 'Storage-A', rules: ['results-per-day'] } },
  ]);
});

it.each(['**', 'A*'])(
  'tells how to search when the pattern %s would list traffic, and keeps the attempt [Acct-D] [Storage-A]',
  async (plate) => {
    const { reply, steps, events } = await search({ body: { ...request, plate } });
    expect(JSON.parse(reply.body)).toMatchObject({
      status: 400,
      clause: 'Storage-A',
      fields: [{ field: 'plate' }],
    });
    expect(steps).toEqual([]);
    expect(events).toMatchObject([
      {
        kind: 'refused',
        operation: 'search-reads',
        queried: { plate },
        purpose: { kind: 'felony' },
        decision: { outcome: 'deny', clause: 'Storage-A', rules: ['plate-pattern'] },
      },
    ]);
  },
);

async function search(options: {
  body: unknown;
  username?: string;
  isUsedUp?: boolean;
  areResultsUsedUp?: boolean;
}) {
  const api = madeApi(people);
  const { deps, steps, records } = madeSearch([readAt('2026-11-24T09:00:00Z', 12)]);
  const allowance = { take: async () => (options.isUsedUp ? ('searches-per-day' as const) : undefined) };
  if (options.areResultsUsedUp) records.usedUp = 'results-per-day';
  const handler = makeHandler({ ...deps, ...api.deps, decide, allowance });
  return { ...api, steps, reply: await handler(madeCall(options), madeContext()) };
}
