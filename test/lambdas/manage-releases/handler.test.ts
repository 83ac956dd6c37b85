import { isUnbroken } from '../../../core/evidence/custody';
import {
  type EvidenceSystem,
  read,
  startEvidenceSystem,
  takingOf,
} from '../take-evidence/made-evidence-system';

let system: EvidenceSystem;
let evidenceId: string;
beforeEach(async () => {
  system = await startEvidenceSystem();
  await system.show([read.readId]);
  const { body } = await system.call('take-evidence', 'made-up.detective', { body: takingOf(read) });
  evidenceId = String(body.evidenceId);
  system.events.length = 0;
});
afterEach(() => system.stop());

const good = () => ({
  evidenceId,
  recipient: { kind: 'court', name: 'Made-Up County Circuit Court' },
  authority: { kind: 'subpoena', citation: 'Subpoena 2026-CF-000123' },
});
const ask = (body: unknown = good(), username = 'made-up.records') =>
  system.call('request-release', username, { body });
const decide = (releaseId: unknown, decision: 'approve' | 'decline', username = 'made-up.chief') =>
  system.call('decide-release', username, { path: { releaseId: String(releaseId) }, body: { decision } });

it('releases on one person’s request and another’s approval, on the chain of custody and in the log [Access-F]', async () => {
  const { status, body } = await ask();
  expect({ status, state: body.state }).toEqual({ status: 201, state: 'requested' });
  const decided = await decide(body.releaseId, 'approve');
  expect(decided).toMatchObject({
    status: 200,
    body: { state: 'released', requestedBy: 'made-up.records', decidedBy: 'made-up.chief', ...good() },
  });
  const chain = await system.records.custody(evidenceId);
  expect(chain.at(-1)).toMatchObject({ act: 'released', by: 'made-up.chief' });
  expect(isUnbroken(chain)).toBe(true);
  const told = system.events.filter(({ kind }) => kind === 'release-changed');
  expect(told).toMatchObject([
    { change: 'requested', recipientKind: 'court', authorityKind: 'subpoena', evidenceId },
    { change: 'released', actor: { username: 'made-up.chief' } },
  ]);
  const { body: listed } = await system.call('list-releases', 'made-up.auditor');
  expect(listed.releases).toEqual([decided.body]);
});

it('releases nothing that was declined, and decides once [Access-F]', async () => {
  const { body } = await ask();
  expect((await decide(body.releaseId, 'decline')).body.state).toBe('declined');
  expect((await decide(body.releaseId, 'approve')).status).toBe(409);
  expect((await system.records.custody(evidenceId)).map(({ act }) => act)).not.toContain('released');
});

it('tells an approval once, however often its author repeats it [Access-F]', async () => {
  const { body } = await ask();
  await decide(body.releaseId, 'approve');
  expect((await decide(body.releaseId, 'approve')).body.state).toBe('released');
  const chain = await system.records.custody(evidenceId);
  expect(chain.filter(({ act }) => act === 'released')).toHaveLength(1);
  const released = system.events.filter(
    (event) => event.kind === 'release-changed' && event.change === 'released',
  );
  expect(released).toHaveLength(1);
});

it('decides once of two approvals and a refusal at the same moment [Access-F]', async () => {
  const { body } = await ask();
  await Promise.all([decide(body.releaseId, 'approve'), decide(body.releaseId, 'decline')]);
  const { body: listed } = await system.call('list-releases', 'made-up.records');
  const [{ state } = { state: '' }] = listed.releases as { state: string }[];
  const acts = (await system.records.custody(evidenceId)).map(({ act }) => act);
  expect(acts.includes('released')).toBe(state === 'released');
});

it.each([
  [
    'a commercial kind of recipient',
    { recipient: { kind: 'commercial', name: 'Made-Up Buyer' } },
    400,
    'Storage-D',
  ],
  ['a private kind of recipient', { recipient: { kind: 'private', name: 'A. Made-Up' } }, 400, 'Storage-D'],
  [
    'a business under another kind',
    { recipient: { kind: 'court', name: 'Made-Up Analytics Inc.' } },
    403,
    'Storage-D',
  ],
  ['no recipient', { recipient: undefined }, 400, 'Storage-D'],
  ['no authority', { authority: undefined }, 400, 'Access-F'],
  ['an authority without a number', { authority: { kind: 'statute', citation: 'the law' } }, 403, 'Access-F'],
  ['what is no evidence', { evidenceId: '00000000-0000-4000-8000-00000000dead' }, 403, 'Access-F'],
  ['a read instead of evidence', { evidenceId: read.readId }, 403, 'Access-F'],
] as const)(
  'refuses a release with %s, and keeps the attempt [Access-F] [Storage-D] [Storage-G]',
  async (_, change, status, clause) => {
    const reply = await ask({ ...good(), ...change });
    expect({ status: reply.status, clause: reply.body.clause }).toEqual({ status, clause });
    expect(system.events).toMatchObject([{ kind: 'refused', operation: 'request-release' }]);
    expect((await system.call('list-releases', 'made-up.records')).body.releases).toEqual([]);
  },
);

it('lets nobody decide who asked or who has no command [Access-F]', async () => {
  const { body } = await ask(good(), 'made-up.detective');
  for (const each of ['made-up.detective', 'made-up.records', 'made-up.auditor'])
    expect(await decide(body.releaseId, 'approve', each)).toMatchObject({
      status: 403,
      body: { clause: 'Access-F' },
    });
  expect(await ask(good(), 'made-up.officer')).toMatchObject({ status: 403, body: { clause: 'Access-F' } });
});

it('passes on no record of another agency, and refers to it [Storage-C]', async () => {
  const record = {
    evidenceId: '00000000-0000-4000-8000-00000000cafe',
    readId: read.readId,
    caseNumber: '2026-0012345',
    network: 'normal',
    takenBy: 'made-up.detective',
    takenAtMs: 1,
    packageSha256: 'made-up',
  };
  const taken = {
    number: 1,
    atMs: 1,
    by: 'made-up.detective',
    act: 'taken',
    requestId: 'r',
    before: '',
  } as const;
  await system.records.putNew(record, taken);
  expect(await ask({ ...good(), evidenceId: record.evidenceId })).toMatchObject({
    status: 403,
    body: { clause: 'Storage-C', remedy: 'Refer the requester to the agency whose camera it was.' },
  });
});

it('makes no release while the audit log is down [Access-F]', async () => {
  system.audit.isDown = true;
  expect((await ask()).status).toBe(503);
  system.audit.isDown = false;
  expect((await system.call('list-releases', 'made-up.records')).body.releases).toEqual([]);
});
