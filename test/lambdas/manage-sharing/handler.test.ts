import { type LocalDynamo, startDynamo } from '../../adapters/local-dynamo';
import { agreementBody, foundIds, madeSharing, searchBody } from './made-sharing';

let local: LocalDynamo;
let made: ReturnType<typeof madeSharing>;
beforeEach(async () => {
  local = await startDynamo();
  await local.createTable('Sharing', 'pk', 'sk');
  made = madeSharing(local);
});
afterEach(() => local.stop());

it('opens a network from the approval of its agreement on, and closes it on the call after its revocation [Storage-E] [Access-D.2]', async () => {
  expect(await found('made-up.officer')).toEqual([foundIds.own, foundIds.normal]);
  const agreementId = await propose();
  expect(await found('made-up.officer')).toEqual([foundIds.own, foundIds.normal]);
  expect((await approve(agreementId)).status).toBe(200);
  expect(await found('made-up.officer')).toEqual([foundIds.own, foundIds.normal, foundIds.peoria]);
  expect(await found('made-up.peoria')).toEqual([foundIds.own]);

  expect(await revoke('peoria-pd')).toMatchObject({ status: 200, body: { agreement: 'none' } });
  expect(await found('made-up.officer')).toEqual([foundIds.own, foundIds.normal]);
  expect(await search('made-up.peoria')).toMatchObject({ status: 403 });
  expect(await search('made-up.officer', { networks: ['peoria'] })).toMatchObject({
    status: 403,
    body: { clause: 'Access-D.2' },
  });
});

it('ends an agreement of the deployment file for good, for dispatchers too [Storage-E] [Access-D.1]', async () => {
  expect(await found('made-up.dispatcher')).toEqual([foundIds.own, foundIds.normal]);
  expect(await revoke('normal-pd')).toMatchObject({ status: 200 });
  expect(await found('made-up.dispatcher')).toEqual([foundIds.own]);
  expect(await search('made-up.normal')).toMatchObject({ status: 403 });
  expect(await revoke('normal-pd')).toMatchObject({ status: 409, body: { clause: 'Storage-E' } });
});

it('does not open with an old proposal what was revoked since [Storage-E]', async () => {
  await approve(await propose());
  const old = await propose();
  await revoke('peoria-pd');
  expect(await approve(old)).toMatchObject({ status: 409, body: { clause: 'Storage-E' } });
  expect(await found('made-up.officer')).toEqual([foundIds.own, foundIds.normal]);
});

it('never lets revocation and approval at once leave the network open and the record ended, or the reverse', async () => {
  const agreementId = await propose();
  await Promise.all([approve(agreementId), revoke('peoria-pd')]);
  const { body } = await made.call('list-sharing', 'made-up.auditor');
  const [record] = body.agreements;
  const isOpen = (await found('made-up.officer')).includes(foundIds.peoria);
  expect(record.stage).toBe(isOpen ? 'in-force' : 'ended');
});

it.each([
  ['its proposer', 'made-up.other-administrator', 403],
  ['a lieutenant', 'made-up.lieutenant', 403],
])('does not let %s approve an agreement [Storage-E]', async (_, username, status) => {
  const proposed = await made.call('propose-agreement', 'made-up.other-administrator', {
    body: agreementBody,
  });
  const path = { agreementId: proposed.body.agreementId };
  expect(await made.call('approve-agreement', username, { path })).toMatchObject({
    status,
    body: { clause: 'Storage-E' },
  });
});

it.each([
  ['for another agency’s network', { searchesOurs: ['normal'] }, 'Storage-C'],
  ['for a network that is not the agency’s', { opensToUs: ['normal'] }, 'Storage-E'],
  ['that opens nothing', { opensToUs: [], searchesOurs: [] }, 'Storage-E'],
  ['that is over', { until: '2026-11-23' }, 'Storage-E'],
  ['without end', { until: '2036-01-01' }, 'Storage-E'],
  ['without the declaration on file', { declaration: undefined }, 'Storage-E'],
])('refuses an agreement %s', async (_, change, clause) => {
  const body = { ...agreementBody, ...change };
  const { status, body: problem } = await made.call('propose-agreement', 'made-up.administrator', { body });
  expect([400, 403]).toContain(status);
  expect(problem.clause).toBe(clause);
});

it('registers law-enforcement agencies only, and each by two people [Storage-D]', async () => {
  const body = { id: 'made-up-county', name: 'Made-up County', kind: 'county', state: 'IL' };
  const put = (agency: unknown) => made.call('propose-agency', 'made-up.administrator', { body: agency });
  for (const kind of ['company', 'private', 'contractor', 'homeowners'])
    expect(await put({ ...body, kind })).toMatchObject({ status: 400, body: { clause: 'Storage-D' } });
  expect(await put(body)).toMatchObject({ status: 201, body: { stage: 'proposed' } });
  expect(await put({ ...body, id: 'peoria-pd' })).toMatchObject({ status: 409 });
  expect(await put({ ...body, id: 'bloomington-pd' })).toMatchObject({ status: 409 });
  expect(await propose({ agencyId: 'made-up-county', opensToUs: [] })).toBeUndefined();
  const path = { agencyId: 'made-up-county' };
  expect(await made.call('confirm-agency', 'made-up.administrator', { path })).toMatchObject({ status: 403 });
  expect(await made.call('confirm-agency', 'made-up.other-administrator', { path })).toMatchObject({
    status: 200,
    body: { stage: 'confirmed' },
  });
  expect(await propose({ agencyId: 'made-up-county', opensToUs: [] })).toBeDefined();
});

it('refuses an agreement with another state by statute, and with a federal agency [Storage-E] [Storage-F]', async () => {
  await register({ id: 'made-up-missouri', kind: 'municipal', state: 'MO' });
  await register({ id: 'made-up-bureau', kind: 'federal', state: 'IL' });
  const terms = { ...agreementBody, opensToUs: [] };
  const put = (agencyId: string) =>
    made.call('propose-agreement', 'made-up.administrator', { body: { ...terms, agencyId } });
  expect(await put('made-up-missouri')).toMatchObject({
    status: 403,
    body: { clause: 'Storage-E', detail: expect.stringContaining('625 ILCS 5/2-130') },
  });
  expect(await put('made-up-bureau')).toMatchObject({ status: 403, body: { clause: 'Storage-F' } });
});

it('gives a federal agency access in an exigency, for its hours and not a millisecond more, and has it reviewed [Storage-F]', async () => {
  await register({ id: 'made-up-bureau', kind: 'federal', state: 'MO' });
  expect(await search('made-up.agent')).toMatchObject({ status: 403 });
  const grant = await made.call('propose-exigent-grant', 'made-up.lieutenant', { body: grantBody });
  expect(grant.status).toBe(201);
  expect(await search('made-up.agent')).toMatchObject({ status: 403 });
  const path = { agreementId: grant.body.agreementId };
  expect(await made.call('approve-exigent-grant', 'made-up.chief', { path })).toMatchObject({
    status: 200,
    body: { stage: 'in-force', endsAt: '2026-11-24T14:00:00.000Z' },
  });
  expect(made.api.findings.raised).toMatchObject([
    { kind: 'exigent-grant', username: 'made-up.lieutenant', clause: 'Storage-F' },
  ]);
  made.api.clock.nowMs += 2 * 3_600_000 - 1;
  expect((await searchLater('made-up.agent')).body.results).toMatchObject([{ readId: foundIds.own }]);
  made.api.clock.nowMs += 1;
  expect(await searchLater('made-up.agent')).toMatchObject({ status: 403, body: { clause: 'Storage-F' } });
  const { body } = await made.call('list-sharing', 'made-up.auditor', { claims: later() });
  expect(body.agreements).toMatchObject([{ kind: 'exigent', stage: 'ended' }]);
});

it('opens no exigent access while the finding about it cannot be raised [Storage-F]', async () => {
  await register({ id: 'made-up-bureau', kind: 'federal', state: 'MO' });
  const grant = await made.call('propose-exigent-grant', 'made-up.lieutenant', { body: grantBody });
  made.api.findings.isDown = true;
  const path = { agreementId: grant.body.agreementId };
  expect((await made.call('approve-exigent-grant', 'made-up.chief', { path })).status).toBe(500);
  expect(await search('made-up.agent')).toMatchObject({ status: 403 });
});

it.each([
  ['for longer than the Department allows', { hours: 25 }, 'Storage-F'],
  ['without saying what happened', { justification: 'please please please please' }, 'Storage-F'],
  ['for immigration', { justification: 'Find a driver to check the immigration status' }, 'Storage-E'],
  ['for health care', { justification: 'Find a driver who went to an abortion clinic' }, 'Storage-E'],
])('refuses an exigent grant %s', async (_, change, clause) => {
  await register({ id: 'made-up-bureau', kind: 'federal', state: 'IL' });
  const body = { ...grantBody, ...change };
  const reply = await made.call('propose-exigent-grant', 'made-up.lieutenant', { body });
  expect(reply).toMatchObject({ status: 403, body: { clause } });
  if (clause === 'Storage-E') expect(reply.body.detail).toContain('625 ILCS 5/2-130');
});

it('tells the administrator of every change, and keeps both of its events [Storage-E]', async () => {
  const agreementId = await propose();
  await approve(String(agreementId));
  await revoke('peoria-pd');
  await made.tell();
  await made.tell();
  const atMs = Date.parse('2026-11-24T12:00:00Z');
  expect([...made.notices].sort(byChange)).toEqual([
    { change: 'approve-agreement', agencyId: 'peoria-pd', agreementId, atMs },
    { change: 'propose-agreement', agencyId: 'peoria-pd', agreementId, atMs },
    { change: 'revoke-sharing', agencyId: 'peoria-pd', agreementId, atMs },
  ]);
  expect(made.api.events).toMatchObject([
    { kind: 'requested', operation: 'propose-agreement', queried: { agency: 'peoria-pd' } },
    { kind: 'answered', resultIds: [agreementId] },
    { kind: 'requested', operation: 'approve-agreement' },
    { kind: 'answered' },
    { kind: 'requested', operation: 'revoke-sharing' },
    { kind: 'answered' },
  ]);
});

it('answers a change by what was stored while nobody can be told of it, and tells of it when that is mended [Storage-E]', async () => {
  made.topic.isDown = true;
  expect(await revoke('normal-pd')).toMatchObject({ status: 200, body: { agreement: 'none' } });
  expect(await found('made-up.officer')).toEqual([foundIds.own]);
  expect(made.api.events.slice(0, 2)).toMatchObject([
    { kind: 'requested', operation: 'revoke-sharing' },
    { kind: 'answered', counts: { changed: 1 } },
  ]);
  made.api.clock.nowMs += 300_000;
  await made.tell();
  expect(made.gauges).toEqual([300]);
  expect(made.notices).toEqual([]);
  made.topic.isDown = false;
  await made.tell();
  expect(made.notices).toMatchObject([{ change: 'revoke-sharing', agencyId: 'normal-pd' }]);
  expect(made.gauges).toEqual([300, 0]);
});

it('tells of no change that was refused or that another one overtook [Storage-E]', async () => {
  expect(await propose({ opensToUs: ['normal'] })).toBeUndefined();
  const outcomes = await Promise.all([revoke('normal-pd'), revoke('normal-pd')]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409]);
  await made.tell();
  expect(made.notices).toMatchObject([{ change: 'revoke-sharing', agencyId: 'normal-pd' }]);
});

it('changes nothing while the audit log is down', async () => {
  made.api.audit.isDown = true;
  expect(await revoke('normal-pd')).toMatchObject({ status: 503 });
  made.api.audit.isDown = false;
  expect(await found('made-up.officer')).toEqual([foundIds.own, foundIds.normal]);
});

const grantBody = {
  agencyId: 'made-up-bureau',
  searchesOurs: ['bloomington'],
  hours: 2,
  justification: 'Kidnapped child in a car that was seen here an hour ago.',
};

async function register(agency: { id: string; kind: string; state: string }) {
  const body = { ...agency, name: `Made-up agency ${agency.id}` };
  await made.call('propose-agency', 'made-up.administrator', { body });
  await made.call('confirm-agency', 'made-up.chief', { path: { agencyId: agency.id } });
}

async function propose(changes: Record<string, unknown> = {}): Promise<string> {
  const body = { ...agreementBody, ...changes };
  return (await made.call('propose-agreement', 'made-up.administrator', { body })).body.agreementId;
}

function approve(agreementId: string) {
  return made.call('approve-agreement', 'made-up.chief', { path: { agreementId } });
}

function revoke(agencyId: string) {
  const body = { because: 'Shared for something that was not agreed.' };
  return made.call('revoke-sharing', 'made-up.other-administrator', { path: { agencyId }, body });
}

function search(username: string, changes: Record<string, unknown> = {}) {
  return made.call('search-reads', username, { body: { ...searchBody, ...changes } });
}

/** By a sign-in of now: the earlier one was silent for too long. */
function searchLater(username: string) {
  return made.call('search-reads', username, { body: searchBody, claims: later() });
}

function later() {
  return { origin_jti: 'later-sign-in', auth_time: String(Math.floor(made.api.clock.nowMs / 1000)) };
}

async function found(username: string): Promise<string[]> {
  const { body } = await search(username);
  return body.results.map((each: { readId: string }) => each.readId);
}

function byChange(one: unknown, other: unknown): number {
  return JSON.stringify(one).localeCompare(JSON.stringify(other));
}
