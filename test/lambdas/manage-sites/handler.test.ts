import { join } from 'node:path';
import { Cameras } from '../../../adapters/cameras/cameras';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import { StoredSites } from '../../../adapters/sites/sites';
import { operations } from '../../../core/contract/operations';
import { admit } from '../../../core/reads/admit';
import { makeHandler } from '../../../lambdas/manage-sites/handler';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import type { LocalDynamo } from '../../adapters/local-dynamo';
import { putCamera, startTables, tables } from '../../adapters/sites/made-tables';
import { madeAnalysis, madeCamera } from '../../core/cameras/made-site';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePerson } from '../../core/people/made-person';
import { madeRead } from '../../core/reads/made-read';

const configuration = madeConfiguration();
const decide = createDecideAccess({
  policyFolder: join(__dirname, '..', '..', '..', 'policy'),
  configuration,
});
const people = [
  madePerson(),
  madePerson({ username: 'made-up.analyst', role: 'analyst', division: 'ciau', sworn: false }),
  madePerson({ username: 'made-up.chief', role: 'chief', division: 'cid-command' }),
  madePerson({ username: 'made-up.administrator', role: 'administrator', division: 'cid-command' }),
];
const courthouse = { latitude: 40.4795, longitude: -88.9938 };
const underpass = { latitude: 40.4701, longitude: -88.9787 };

let local: LocalDynamo;
let api: ReturnType<typeof madeApi>;
beforeEach(async () => {
  local = await startTables();
  api = madeApi(people);
});
afterEach(() => local.stop());

it('admits reads of a fixed camera from the installation at an approved site on, and again after an approved move [Policy-E]', async () => {
  await putCamera(local, madeCamera());
  expect(await admission(courthouse)).toMatchObject({ reason: 'no-approved-site' });
  const siteId = await propose({});
  expect(await admission(courthouse)).toMatchObject({ reason: 'no-approved-site' });
  await decideOn(siteId, { decision: 'approve' });
  expect(await admission(courthouse)).toMatchObject({ reason: 'no-approved-site' });
  await install(siteId);
  expect(await admission(courthouse)).toEqual({ kind: 'admitted' });
  expect(await admission(underpass)).toMatchObject({ reason: 'moved' });

  const movedTo = await propose({ ...underpass, relocates: siteId });
  expect(await admission(courthouse)).toEqual({ kind: 'admitted' });
  await decideOn(movedTo, { decision: 'approve' });
  expect(await admission(underpass)).toMatchObject({ reason: 'no-approved-site' });
  await install(movedTo);
  expect(await admission(underpass)).toEqual({ kind: 'admitted' });
  expect(await admission(courthouse)).toMatchObject({ reason: 'moved' });
});

it('shows who decided what and when [Policy-E]', async () => {
  const siteId = await propose({});
  await decideOn(siteId, { decision: 'return', words: 'Look at the crashes again.' });
  const { body } = await call('list-sites', 'made-up.chief', {});
  expect(body.sites).toMatchObject([
    {
      siteId,
      state: 'returned',
      analysis: madeAnalysis,
      steps: [
        { kind: 'proposed', by: 'made-up.analyst', at: '2026-11-24T12:00:00.000Z' },
        { kind: 'returned', by: 'made-up.chief', words: 'Look at the crashes again.' },
      ],
    },
  ]);
});

it('records each change with its site before it answers', async () => {
  const siteId = await propose({});
  await decideOn(siteId, { decision: 'approve' });
  expect(api.events).toMatchObject([
    { kind: 'requested', operation: 'propose-site' },
    { kind: 'answered', operation: 'propose-site', counts: { proposed: 1 }, resultIds: [siteId] },
    { kind: 'requested', operation: 'decide-site', actor: { username: 'made-up.chief' } },
    { kind: 'answered', operation: 'decide-site', counts: { approved: 1 }, resultIds: [siteId] },
  ]);
});

it('changes nothing while the audit log is down', async () => {
  api.audit.isDown = true;
  expect(await call('propose-site', 'made-up.analyst', { body: madeBody({}) })).toMatchObject({
    status: 503,
  });
  api.audit.isDown = false;
  expect((await call('list-sites', 'made-up.chief', {})).body.sites).toEqual([]);
});

it.each([
  [
    'without an analysis',
    'propose-site',
    'made-up.analyst',
    { body: { ...madeBody({}), analysis: undefined } },
    400,
  ],
  ['by an officer', 'propose-site', 'made-up.officer', { body: madeBody({}) }, 403],
  [
    'on another agency’s network',
    'propose-site',
    'made-up.analyst',
    { body: madeBody({ network: 'normal' }) },
    403,
  ],
] as const)(
  'refuses a proposal %s, naming the clause [Policy-E]',
  async (_, operation, username, facts, status) => {
    const { body } = await call(operation, username, facts);
    expect(body).toMatchObject({ status, clause: 'Policy-E' });
    expect(api.events).toMatchObject([{ kind: 'refused' }]);
  },
);

it('does not let CIAU approve, nor anybody install before the approval [Policy-E]', async () => {
  await putCamera(local, madeCamera());
  const siteId = await propose({});
  const path = { siteId };
  expect(await call('decide-site', 'made-up.analyst', { path, body: { decision: 'approve' } })).toMatchObject(
    { status: 403, body: { clause: 'Policy-E' } },
  );
  expect(
    await call('record-installation', 'made-up.administrator', { path, body: { cameraId: 'fixed-1' } }),
  ).toMatchObject({ status: 409, body: { clause: 'Policy-E' } });
});

it('answers that a site is not there to those who may decide on it', async () => {
  const path = { siteId: '00000000-0000-4000-8000-0000000000ff' };
  const facts = { path, body: { decision: 'approve' } };
  expect((await call('decide-site', 'made-up.chief', facts)).status).toBe(404);
});

function madeBody(changes: Record<string, unknown>) {
  return {
    name: 'Made-up corner',
    network: 'bloomington',
    ...courthouse,
    analysis: madeAnalysis,
    ...changes,
  };
}

async function propose(changes: Record<string, unknown>): Promise<string> {
  const { status, body } = await call('propose-site', 'made-up.analyst', { body: madeBody(changes) });
  expect(status).toBe(201);
  return String(body.siteId);
}

async function decideOn(siteId: string, body: Record<string, unknown>): Promise<void> {
  expect((await call('decide-site', 'made-up.chief', { path: { siteId }, body })).status).toBe(200);
}

async function install(siteId: string): Promise<void> {
  const facts = { path: { siteId }, body: { cameraId: 'fixed-1' } };
  expect((await call('record-installation', 'made-up.administrator', facts)).status).toBe(200);
}

async function call(
  operation: 'propose-site' | 'decide-site' | 'record-installation' | 'list-sites',
  username: string,
  facts: Parameters<typeof madeCall>[0],
): Promise<{ status: number; body: Record<string, unknown> }> {
  const handler = makeHandler({
    ...api.deps,
    configuration,
    decide,
    cameras: new Cameras(local.dynamo, 'Cameras'),
    sites: new StoredSites({ dynamo: local.dynamo, ...tables }),
  });
  const { method, path } = operations[operation];
  const event = { ...madeCall({ username, ...facts }), httpMethod: method, resource: path };
  const reply = await handler(event, madeContext());
  return { status: reply.statusCode, body: JSON.parse(reply.body) };
}

/** What becomes of a read that `fixed-1` makes now at a place, by the rules that every consumer of reads asks. */
async function admission(position: { latitude: number; longitude: number }) {
  const camera = (await new Cameras(local.dynamo, 'Cameras').find(['fixed-1'])).get('fixed-1');
  const read = madeRead({ cameraId: 'fixed-1', network: 'bloomington', position, capturedAtMs: nowMs });
  return admit(read, {
    source: 'camera',
    camera,
    signatureValid: true,
    nowMs,
    limits: { retentionDays: 30, transitMs: 0, siteRadiusM: 50, clockAheadMs: 300_000 },
  });
}
