import { createHash } from 'node:crypto';
import { DecidedFindings } from '../../../adapters/findings/findings';
import { StoredIncidentPackages } from '../../../adapters/incidents/incident-packages';
import { StoredMonthAudits } from '../../../adapters/month-audits/month-audits';
import { usersOfAudit } from '../../../adapters/month-audits/stored-audit';
import { storedFile } from '../../../adapters/month-audits/stored-file';
import { makeHandler } from '../../../lambdas/manage-audits/handler';
import { findingId, madeFinding } from '../../core/findings/made-finding';
import { madeMonth } from '../../core/reports/made-month';
import { callAs, nowMs, type System, startSystem } from '../manage-people/made-system';
import { createAudits, madeFiles } from './made-audits';

const october = madeMonth('2026-10');
const words = 'Every finding of October was worked through.';
const body = JSON.stringify({ users: [] });
const sha256 = createHash('sha256').update(body).digest('hex');
const files = madeFiles();
let system: System;
let findings: DecidedFindings;
let audits: StoredMonthAudits;
let packages: StoredIncidentPackages;

beforeAll(async () => {
  system = await startSystem();
  await createAudits(system.local);
  await system.reset();
  const { dynamo } = system;
  findings = new DecidedFindings({ dynamo, table: 'Findings', peopleTable: 'People' });
  audits = new StoredMonthAudits({ dynamo, table: 'Audits' });
  packages = new StoredIncidentPackages({ dynamo, table: 'Audits' });
  await findings.putNew(madeFinding({ findingId: findingId(1), month: october }));
  await findings.putNew(
    madeFinding({
      findingId: findingId(2),
      month: october,
      username: 'made-up.administrator',
      role: 'administrator',
    }),
  );
  await findings.putNew(madeFinding({ findingId: findingId(3), username: 'made-up.chief', role: 'chief' }));
  await files.put({ name: 'months/2026-10/made-up.json', body });
  await audits.putNew({
    month: october,
    auditedAtMs: nowMs - 86_400_000,
    file: 'months/2026-10/made-up.json',
    sha256,
    events: 9,
    findings: { low: 0, medium: 2, high: 0 },
    findingIds: [findingId(1), findingId(2)],
  });
});
afterAll(() => system.local.stop());

const handler = () =>
  makeHandler({
    ...system.deps,
    findings,
    audits,
    packages,
    usersOf: async (record) => usersOfAudit(await storedFile(files, record)),
    fileOf: (made) => storedFile(files, made),
  });
const attest = (username: string, said = words) =>
  callAs(handler(), 'attest-month-audit', username, { path: { month: october }, body: { words: said } });
const decide = async (at: number) => {
  const finding = await findings.find(findingId(at));
  if (finding === undefined) throw new Error('no finding');
  const decision = { outcome: 'explained', words, by: 'made-up.chief', atMs: nowMs } as const;
  await findings.storeDecision({ finding: { ...finding, decision } });
};
const of = (operation: 'request-incident-package' | 'show-incident-package', username: string, at: number) =>
  callAs(handler(), operation, username, { path: { findingId: findingId(at) } });

it.each([
  ['made-up.administrator', 200],
  ['made-up.chief', 200],
  ['made-up.auditor', 200],
  ['made-up.supervisor', 403],
  ['made-up.officer', 403],
])('shows how the months stand, and the users of one, to %s: %i [Acct-A]', async (username, status) => {
  expect((await callAs(handler(), 'list-month-audits', username)).status).toBe(status);
  const shown = await callAs(handler(), 'show-month-audit', username, { path: { month: october } });
  expect(shown.status).toBe(status);
});

it('attests nothing while a finding is open, and leaves it to the administrator [Acct-A]', async () => {
  expect(await attest('made-up.administrator')).toMatchObject({
    status: 409,
    body: { clause: 'Acct-A', detail: '2 findings of this month are open.' },
  });
  await decide(1);
  expect((await attest('made-up.administrator')).status).toBe(409);
  expect((await attest('made-up.chief')).status).toBe(403);
  expect((await audits.find(october))?.attestation).toBeUndefined();
});

it('attests once, over the audit and each outcome, with one event [Acct-A]', async () => {
  await decide(2);
  system.api.events.length = 0;
  const text = `platekeeper month audit 2026-10\n${sha256}\n${findingId(1)} explained\n${findingId(2)} explained\n`;
  const recordSha256 = createHash('sha256').update(text).digest('hex');
  const expected = {
    state: 'attested',
    attestedBy: 'made-up.administrator',
    words,
    recordSha256,
    outcomes: { explained: 2 },
  };
  expect(await attest('made-up.administrator')).toMatchObject({ status: 200, body: expected });
  expect((await attest('made-up.administrator')).status).toBe(200);
  expect((await attest('made-up.second-administrator', 'I attest that once more.')).status).toBe(409);
  expect(system.api.events.filter(({ kind }) => kind === 'month-attested')).toMatchObject([
    { month: '2026-10', recordSha256, words, actor: { username: 'made-up.administrator' } },
  ]);
});

it('shows no audit whose file is not what was recorded [Acct-A]', async () => {
  await files.put({ name: 'months/2026-10/made-up.json', body: '{"users": []}' });
  const shown = await callAs(handler(), 'show-month-audit', 'made-up.chief', { path: { month: october } });
  expect(shown.status).toBeGreaterThanOrEqual(500);
});

it.each([
  ['made-up.administrator', 1, 200],
  ['made-up.chief', 1, 200],
  ['made-up.auditor', 1, 403],
  ['made-up.administrator', 2, 403],
  ['made-up.second-administrator', 2, 403],
  ['made-up.chief', 2, 200],
  ['made-up.chief', 3, 403],
  ['made-up.chief', 9, 404],
])('lets %s have the package of finding %i made: %i [Acct-D]', async (username, at, status) => {
  expect((await of('request-incident-package', username, at)).status).toBe(status);
});

it('hands a package over whole once it is ready, and to whom it may be [Acct-D]', async () => {
  expect((await of('show-incident-package', 'made-up.chief', 1)).status).toBe(404);
  const made = { file: 'incidents/made-up.json', sha256, events: 1, atMs: nowMs };
  await files.put({ name: made.file, body });
  await packages.finish(findingId(1), made);
  expect(await of('show-incident-package', 'made-up.chief', 1)).toMatchObject({
    status: 200,
    body: { file: body, package: { state: 'ready', sha256, requestedBy: 'made-up.administrator' } },
  });
  expect((await of('show-incident-package', 'made-up.auditor', 1)).status).toBe(403);
  const listed = await callAs(handler(), 'list-incident-packages', 'made-up.chief');
  expect(listed).toMatchObject({ status: 200, body: { packages: [{}, {}] } });
});
