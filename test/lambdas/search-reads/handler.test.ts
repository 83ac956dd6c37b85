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

describe('further pages and the record of a search', () => {
  const first = { method: 'POST', path: '/v1/searches' };
  const shown = { method: 'GET', path: '/v1/searches/{searchId}' };
  const page = { method: 'POST', path: '/v1/searches/{searchId}/pages' };

  it('answers the next page of one’s own search, and shows who asked what, with the reads for its author alone [Access-C] [Acct-A]', async () => {
    const { call, searchId, token, kinds } = await paged();
    const next = await call(page, { path: { searchId }, body: { page: token } });
    expect(JSON.parse(next.body)).toMatchObject({ page: 2, results: [{ readId: id(12) }] });
    const own = JSON.parse((await call(shown, { path: { searchId } })).body);
    expect(own).toMatchObject({ plate: 'TEST123', username: 'made-up.officer', pages: 2, reads: 2 });
    expect(own.readIds).toEqual([id(13), id(12)]);
    const supervised = JSON.parse(
      (await call(shown, { username: 'made-up.supervisor', path: { searchId } })).body,
    );
    expect(supervised).toEqual({ ...own, readIds: undefined });
    expect(kinds().slice(2)).toEqual(Array(3).fill(['requested', 'answered']).flat());
  });

  it('refuses everybody else alike, whether there is such a search or not, and keeps the attempt [Access-C] [Acct-D]', async () => {
    const { call, searchId, token, events } = await paged();
    const username = 'made-up.dispatcher';
    const answers = [
      await call(shown, { username, path: { searchId } }),
      await call(shown, { username, path: { searchId: id(77) } }),
      await call(page, { username, path: { searchId }, body: { page: token } }),
      await call(page, { username, path: { searchId: id(77) }, body: { page: token } }),
    ].map(({ statusCode, body }) => ({ statusCode, body: { ...JSON.parse(body), instance: '-' } }));
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(answers[0]).toMatchObject({ statusCode: 404, body: { clause: 'Access-C' } });
    expect(events.slice(2)).toMatchObject([
      { kind: 'refused', operation: 'show-search', queried: { searchId } },
      { kind: 'refused', operation: 'show-search', queried: { searchId: id(77) } },
      { kind: 'refused', operation: 'continue-search', queried: { searchId } },
      { kind: 'refused', operation: 'continue-search', queried: { searchId: id(77) } },
    ]);
  });

  it('answers 410 to a token of no page, with an audited refusal [Storage-A]', async () => {
    const { call, searchId, events } = await paged();
    const reply = await call(page, { path: { searchId }, body: { page: 'A'.repeat(43) } });
    expect(JSON.parse(reply.body)).toMatchObject({ status: 410, clause: 'Storage-A' });
    expect(events.at(-1)).toMatchObject({ kind: 'refused', decision: { rules: ['page-token'] } });
  });

  it('refuses a place that is too large with the field to put right [Storage-A]', async () => {
    const { call } = await paged();
    const { plate: _, ...rest } = request;
    const place = { kind: 'circle', centre: { latitude: 40, longitude: -89 }, radiusM: 5000 };
    const body = { ...rest, from: '2026-11-24T11:00:00Z', place };
    expect(JSON.parse((await call(first, { body })).body)).toMatchObject({
      status: 400,
      clause: 'Storage-A',
      fields: [{ field: 'place' }],
    });
  });

  it('stops a walk through the data for the rest of the day, also in parallel, and raises one finding [Storage-A]', async () => {
    const { call, events, findings } = await paged();
    const { raised } = findings;
    const walk = Array.from({ length: 12 }, (_, at) =>
      call(first, { body: { ...request, plate: `MADE1${String(at).padStart(2, '0')}` } }),
    );
    const statuses = (await Promise.all(walk)).map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 200)).toHaveLength(7);
    const later = await call(first, { body: request });
    expect(JSON.parse(later.body)).toMatchObject({ status: 429, clause: 'Storage-A' });
    expect(events.filter(({ kind }) => kind === 'refused')).toHaveLength(6);
    expect(events.at(-1)).toMatchObject({ decision: { rules: ['enumeration-similar-plates'] } });
    expect(raised).toHaveLength(6);
    expect(new Set(raised.map(({ kind, cause }) => `${kind} ${cause}`))).toEqual(
      new Set(['enumeration similar-plates 2026-11-24']),
    );
    expect(JSON.stringify(raised)).not.toMatch(/MADE1|TEST123/);
  });

  /** A search whose pages hold one read, its first page answered. */
  async function paged() {
    const api = madeApi([...people, madePerson({ username: 'made-up.supervisor', role: 'supervisor' })]);
    const { deps } = madeSearch([readAt('2026-11-24T09:00:00Z', 12), readAt('2026-11-24T10:00:00Z', 13)]);
    const { caps } = madeConfiguration();
    const configuration = madeConfiguration({ caps: { ...caps, resultsPerPage: 1 } });
    const handler = makeHandler({ ...deps, ...api.deps, decide, configuration });
    const call = (
      { method, path }: { readonly method: string; readonly path: string },
      facts: Parameters<typeof madeCall>[0] = {},
    ) => handler({ ...madeCall(facts), httpMethod: method, resource: path }, madeContext());
    const { searchId, nextPage } = JSON.parse((await call(first, { body: request })).body);
    return { ...api, call, searchId, token: nextPage, kinds: () => api.events.map(({ kind }) => kind) };
  }
});
