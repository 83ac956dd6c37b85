import { StoredExternalRequests } from '../../../adapters/sharing/external-requests';
import type { OperationId } from '../../../core/contract/operations';
import type { ResultAllowance, SearchAllowance } from '../../../core/search/ports';
import { makeHandler } from '../../../lambdas/manage-external-requests/handler';
import { madeApi } from '../../adapters/gateway/made-call';
import { type LocalDynamo, startDynamo } from '../../adapters/local-dynamo';
import { madePerson } from '../../core/people/made-person';
import { id, madeSearch, readAt } from '../../core/search/made-search';
import { type CallFacts, callOf, configuration, decide } from '../manage-sharing/made-sharing';

const people = [
  madePerson(),
  madePerson({ username: 'made-up.analyst', role: 'analyst', division: 'ciau', sworn: false }),
  madePerson({ username: 'made-up.commander', role: 'commander', division: 'cid-command' }),
  madePerson({ username: 'made-up.auditor', role: 'auditor' }),
];

const entry = {
  agency: { name: 'Made-up Springfield Police', kind: 'municipal', state: 'IL' },
  officer: 'Made-up Detective Jones',
  caseNumber: 'SP-26-77',
  authority: 'Illinois Criminal Code, 720 ILCS 5/18-2',
  purpose: 'felony',
  details: 'Armed robbery of a bank on Main Street, the car was seen leaving.',
};
const declaration = { signedBy: 'Made-up Chief', signedOn: '2026-11-20', reference: 'Binder 5' };
const asked = { plate: 'TEST123', from: '2026-11-20T00:00:00Z', to: '2026-11-24T12:00:00Z' };
const exigency = 'A kidnapped child is in the car and nobody of CIAU answers.';

const reads = [
  readAt('2026-11-24T11:00:00Z', 12, { network: 'bloomington' }),
  readAt('2026-11-24T10:00:00Z', 13, { network: 'normal' }),
  readAt('2026-11-24T09:00:00Z', 14, { network: 'peoria' }),
  readAt('2026-11-10T09:00:00Z', 15, { network: 'mclean-county' }),
];

let local: LocalDynamo;
let api: ReturnType<typeof madeApi>;
let search: ReturnType<typeof madeSearch>;
let handler: ReturnType<typeof makeHandler>;
beforeEach(async () => {
  local = await startDynamo();
  await local.createTable('Requests', 'pk', 'sk');
  api = madeApi(people);
  search = madeSearch(reads);
  handler = handlerWith({ take: async () => undefined, takeResults: async () => undefined });
});
afterEach(() => local.stop());

it('answers with the Department’s own reads alone and refers to whoever else holds leads, agreement or not [Storage-C]', async () => {
  const requestId = await receive();
  const { status, body } = await answer(requestId);
  expect(status).toBe(200);
  expect(body.results).toEqual([
    expect.objectContaining({ readId: id(12), network: 'bloomington', plate: 'TEST123' }),
  ]);
  expect(body.referTo).toEqual([
    { agencyId: 'normal-pd', name: 'Normal Police Department' },
    { agencyId: 'peoria-pd', name: 'Peoria Police Department' },
  ]);
  expect(JSON.stringify(body)).not.toMatch(new RegExp(`${id(13)}|${id(14)}|T10:00|T09:00`));
});

it('opens no row of another agency to know where the leads are [Storage-C]', async () => {
  const touched: string[] = [];
  for (const { row } of search.rows) {
    const { sealed } = row;
    const get = () => {
      touched.push(row.placeTime.split('#')[0] ?? '');
      return sealed;
    };
    Object.defineProperty(row, 'sealed', { get });
  }
  expect((await answer(await receive())).status).toBe(200);
  expect(touched).toEqual(['bloomington']);
});

it('records the search with its purpose before the first row is read, and what was answered before it is told [Access-E] [Storage-C]', async () => {
  const requestId = await receive();
  await answer(requestId);
  expect(api.events.slice(-2)).toMatchObject([
    {
      kind: 'requested',
      operation: 'answer-external-request',
      queried: { externalRequestId: requestId, plate: 'TEST123', networks: ['bloomington'] },
      networksInScope: ['bloomington'],
      purpose: { kind: 'felony' },
    },
    { kind: 'answered', counts: { reads: 1, referrals: 2 }, resultIds: [id(12)] },
  ]);
  api.audit.isDown = true;
  search.steps.length = 0;
  expect(await answer(requestId)).toMatchObject({ status: 503 });
  expect(search.steps).toEqual([]);
});

it('gives each request one answer, also when two found it open at once [Storage-C]', async () => {
  const requestId = await receive();
  const waiting: (() => void)[] = [];
  const take = async () => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 2) for (const each of waiting) each();
    });
    return undefined;
  };
  handler = handlerWith({ take, takeResults: async () => undefined });
  const both = await Promise.all([answer(requestId), answer(requestId)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await answer(requestId)).toMatchObject({ status: 409, body: { clause: 'Storage-C' } });
});

it('lets others than CID command and CIAU in only with a recorded exigency [Storage-C]', async () => {
  expect(await call('receive-external-request', 'made-up.officer', { body: entry })).toMatchObject({
    status: 403,
    body: { clause: 'Storage-C' },
  });
  const body = { ...entry, exigency };
  const received = await call('receive-external-request', 'made-up.officer', { body });
  expect(received).toMatchObject({ status: 201, body: { exigency } });
  expect(await answer(received.body.requestId, {}, 'made-up.officer')).toMatchObject({ status: 200 });

  const requestId = await receive();
  expect(await answer(requestId, {}, 'made-up.officer')).toMatchObject({ status: 403 });
  expect(await answer(requestId, { exigency }, 'made-up.officer')).toMatchObject({
    status: 200,
    body: { request: { steps: [{}, { kind: 'answered', words: exigency }] } },
  });
});

it.each([
  ['health care', { details: 'Somebody drove to an abortion clinic in Illinois.' }],
  ['immigration status', { details: 'Locate a driver to check the immigration status.' }],
  ['health care as the authority', { authority: 'The law against abortions' }],
])('refuses a request for %s with the statute, declared or not [Storage-E]', async (_, change) => {
  const agency = { name: 'Made-up Police', kind: 'municipal', state: 'MO' };
  const body = { ...entry, agency, declaration, ...change };
  const reply = await call('receive-external-request', 'made-up.analyst', { body });
  expect(reply).toMatchObject({ status: 403, body: { clause: 'Storage-E' } });
  expect(reply.body.detail).toContain('625 ILCS 5/2-130');
  expect(api.events).toMatchObject([{ kind: 'refused', queried: { agency: 'Made-up Police' } }]);
});

it('keeps the written declaration of an agency of another state, and takes nothing in without it [Storage-E]', async () => {
  const agency = { name: 'Made-up Police', kind: 'municipal', state: 'MO' };
  const put = (body: unknown) => call('receive-external-request', 'made-up.analyst', { body });
  const refused = await put({ ...entry, agency });
  expect(refused).toMatchObject({ status: 403, body: { clause: 'Storage-E' } });
  expect(refused.body.detail).toContain('625 ILCS 5/2-130');
  expect(await put({ ...entry, agency, declaration })).toMatchObject({ status: 201, body: { declaration } });
});

it('takes a federal agency’s individual request like any other [Storage-F]', async () => {
  const agency = { name: 'Made-up Bureau', kind: 'federal', state: 'IL' };
  const received = await call('receive-external-request', 'made-up.analyst', { body: { ...entry, agency } });
  expect(received.status).toBe(201);
  expect(await answer(received.body.requestId)).toMatchObject({ status: 200 });
});

it.each([
  ['a company', { agency: { ...entry.agency, kind: 'company' } }, undefined],
  ['towing', { purpose: 'towing' }, 'Policy-B'],
  ['nobody’s case', { caseNumber: '' }, 'Storage-C'],
  ['no authority', { authority: undefined }, 'Storage-C'],
])('refuses a request of %s', async (_, change, clause) => {
  const reply = await call('receive-external-request', 'made-up.analyst', { body: { ...entry, ...change } });
  expect(reply.status).toBe(400);
  expect(reply.body.clause).toBe(clause);
});

it.each(['TEST12?', 'TEST*', '???', 'TEST123TEST123'])(
  'answers for one complete plate and never for the pattern %s [Storage-A] [Storage-C]',
  async (plate) => {
    const requestId = await receive();
    expect((await answer(requestId, { plate })).status).toBe(400);
    expect(search.steps).toEqual([]);
  },
);

it('counts each answer like a search of whoever answers [Storage-A]', async () => {
  const requestId = await receive();
  handler = handlerWith({ take: async () => undefined, takeResults: async () => 'results-per-day' });
  expect(await answer(requestId)).toMatchObject({ status: 429, body: { clause: 'Storage-A' } });
  expect(api.events.at(-2)).toMatchObject({ kind: 'answered', counts: { reads: 0, withheld: 1 } });
});

it('lists the requests with how each ended, the newest first, and no plate [Storage-C]', async () => {
  const first = await receive();
  api.clock.nowMs += 1000;
  const second = await receive();
  await answer(first);
  const because = 'No active criminal investigation was named.';
  const declined = { path: { requestId: second }, body: { because } };
  expect((await call('decline-external-request', 'made-up.commander', declined)).status).toBe(200);
  expect((await call('decline-external-request', 'made-up.commander', declined)).status).toBe(409);
  const { body } = await call('list-external-requests', 'made-up.auditor');
  expect(body.requests).toMatchObject([
    { requestId: second, state: 'declined', steps: [{}, { words: because }] },
    { requestId: first, state: 'answered', reads: 1, referredTo: ['normal-pd', 'peoria-pd'] },
  ]);
  expect(JSON.stringify(body)).not.toContain('TEST123');
  expect((await call('list-external-requests', 'made-up.officer')).status).toBe(403);
});

it('finds no lead outside the time that was asked for', async () => {
  const { body } = await answer(await receive(), { to: '2026-11-24T08:59:59Z' });
  expect(body).toMatchObject({ results: [], referTo: [] });
});

function handlerWith(allowance: SearchAllowance & ResultAllowance) {
  return makeHandler({
    ...search.deps,
    ...api.deps,
    configuration,
    decide,
    requests: new StoredExternalRequests({ dynamo: local.dynamo, table: 'Requests' }),
    allowance,
  });
}

async function receive(): Promise<string> {
  const { status, body } = await call('receive-external-request', 'made-up.analyst', { body: entry });
  expect(status).toBe(201);
  return body.requestId;
}

function answer(requestId: string, changes: Record<string, unknown> = {}, username = 'made-up.commander') {
  const body = { ...asked, ...changes };
  return call('answer-external-request', username, { path: { requestId }, body });
}

function call(operation: OperationId, username: string, facts: CallFacts = {}) {
  return callOf(handler, operation, username, facts);
}
