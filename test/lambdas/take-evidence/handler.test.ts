import { fileNames, type PackageFile } from '../../../core/evidence/package/package-file';
import { verifyPackage } from '../../../core/evidence/package/verify-package';
import { nowMs } from '../../adapters/gateway/made-call';
import { evidenceKeyPem } from '../../core/evidence/made-evidence';
import { beside, type EvidenceSystem, read, startEvidenceSystem, takingOf } from './made-evidence-system';

const dayMs = 86_400_000;
let system: EvidenceSystem;
beforeEach(async () => {
  system = await startEvidenceSystem();
});
afterEach(() => system.stop());

const take = (username = 'made-up.detective', body: unknown = takingOf(read)) =>
  system.call('take-evidence', username, { body });

it('keeps a read that a search showed as a locked, signed package, one time however often it is asked for [Storage-B]', async () => {
  await system.show([read.readId]);
  const first = await take();
  expect(first).toMatchObject({
    status: 201,
    body: { caseNumber: '2026-0012345', network: 'bloomington', takenBy: 'made-up.detective' },
  });
  const again = await take();
  expect(again.body).toEqual(first.body);
  const archived = system.archived();
  expect(archived).toHaveLength(1);
  expect(archived[0]?.key).toBe(`packages/${String(first.body.evidenceId)}.tar`);
});

it('hands the files over under the id of the evidence [Storage-B]', async () => {
  await system.show([read.readId]);
  const { body } = await take();
  expect(system.dropped().toSorted()).toEqual(
    fileNames.map((name) => `${String(body.evidenceId)}/${name}`).toSorted(),
  );
});

it('records the use before it and its answer after it, and tells once what a report counts [Access-E]', async () => {
  await system.show([read.readId]);
  const { body } = await take();
  await take();
  expect(system.events.map(({ kind }) => kind)).toEqual([
    'requested',
    'evidence-taken',
    'answered',
    'requested',
    'answered',
  ]);
  expect(system.events).toMatchObject([
    {
      operation: 'take-evidence',
      purpose: { kind: 'felony' },
      reason: { kind: 'case-number', caseNumber: '2026-0012345' },
      queried: { networks: ['bloomington'], readId: read.readId },
    },
    { purpose: 'felony', evidenceId: body.evidenceId, takenBy: 'made-up.detective' },
    { counts: { evidence: 1 }, resultIds: [body.evidenceId] },
    {},
    {},
  ]);
  expect(JSON.stringify(system.events)).not.toContain('TEST123');
});

it('opens after the store has forgotten the read, which then cannot be taken any more [Storage-A] [Storage-B]', async () => {
  await system.show([read.readId, beside.readId]);
  const { body } = await take();
  system.clock.nowMs = nowMs + 31 * dayMs;
  await system.show([beside.readId], system.clock.nowMs);
  expect(await take('made-up.detective', takingOf(beside))).toMatchObject({ status: 404 });
  await system.show([read.readId], system.clock.nowMs);
  expect(await take()).toEqual({ status: 201, body });
  const path = { evidenceId: String(body.evidenceId) };
  const shown = await system.call('show-evidence', 'made-up.detective', { path });
  expect(shown.status).toBe(200);
  expect(verifyPackage(filesOf(shown.body), evidenceKeyPem).faults).toEqual([]);
  expect(Buffer.concat(filesOf(shown.body).map(({ bytes }) => bytes)).includes(beside.readId)).toBe(false);
});

it.each([
  ['without a case number', takingOf(read, { caseNumber: undefined }), 400, 'Storage-B'],
  ['with a number that is no case of the Department', takingOf(read, { caseNumber: 'abc' }), 403, 'Access-E'],
  ['without a purpose', takingOf(read, { purpose: undefined }), 400, 'Policy-B'],
  ['for administration', takingOf(read, { purpose: { kind: 'administrative' } }), 403, 'Storage-B'],
  [
    'for immigration enforcement',
    takingOf(read, {
      purpose: {
        kind: 'exigent',
        lawEnforcementPurpose: 'Immigration status',
        justification: 'The driver may be deported by immigration officers today.',
      },
    }),
    403,
    'Policy-C',
  ],
] as const)('takes nothing %s, and names the clause [Storage-B]', async (_, body, status, clause) => {
  await system.show([read.readId]);
  const reply = await take('made-up.detective', body);
  expect({ status: reply.status, clause: reply.body.clause }).toEqual({ status, clause });
  expect(system.archived()).toEqual([]);
  expect(system.events).toMatchObject([{ kind: 'refused', operation: 'take-evidence' }]);
});

it('takes no read that the caller was not shown, nor one shown to a colleague or on another day [Access-E] [Storage-A]', async () => {
  await system.show([read.readId], nowMs - 13 * 3_600_000);
  expect(await take()).toMatchObject({ status: 403, body: { clause: 'Access-E' } });
  await system.show([read.readId]);
  expect(await take('made-up.officer')).toMatchObject({ status: 403, body: { clause: 'Access-E' } });
  expect(await take('made-up.detective', takingOf(beside))).toMatchObject({ status: 403 });
  expect(system.events.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'refused']);
});

it('finds no read under another camera, time or network than its own [Access-D]', async () => {
  await system.show([read.readId]);
  for (const change of [
    { cameraId: 'fixed-2' },
    { capturedAtMs: read.capturedAtMs + 1 },
    { network: 'normal' },
  ])
    expect((await take('made-up.detective', takingOf({ ...read, ...change }))).status).toBe(404);
  expect(await take('made-up.detective', takingOf({ ...read, network: 'peoria' }))).toMatchObject({
    status: 403,
    body: { clause: 'Access-D.2' },
  });
});

it('stops one user at the cap of a day, and counts nothing that is taken already [Storage-A]', async () => {
  await system.show([read.readId]);
  for (const caseNumber of ['2026-0012345', '2026-0012346', '2026-0012345'])
    expect((await take('made-up.detective', takingOf(read, { caseNumber }))).status).toBe(201);
  expect(await take('made-up.detective', takingOf(read, { caseNumber: '2026-0012347' }))).toMatchObject({
    status: 429,
    body: { clause: 'Storage-A' },
  });
  expect(system.archived()).toHaveLength(2);
});

it.each(['before', 'after'] as const)(
  'is finished by asking again when it is cut off %s the effect of any step: one package, one record, one chain, one event [Storage-B]',
  async (when) => {
    await system.stop();
    system = await startEvidenceSystem({ takenPerUserAndDay: 200 });
    await system.show([read.readId]);
    const takeFor = (number: number) =>
      take('made-up.detective', takingOf(read, { caseNumber: `2026-${String(number).padStart(7, '0')}` }));
    system.fail(undefined);
    await takeFor(1);
    const steps = system.calls();
    expect(steps).toBeGreaterThanOrEqual(10);
    let cases = 1;
    for (let at = 1; at <= steps; at++) {
      const number = ++cases;
      system.fail({ at, when });
      const cut = await takeFor(number);
      expect({ at, when, isAnswered: cut.status < 400 }).toEqual({ at, when, isAnswered: false });
      system.fail(undefined);
      const { status, body } = await takeFor(number);
      const id = String(body.evidenceId);
      const chain = await system.records.custody(id);
      const told = system.events.filter(
        (event) => event.kind === 'evidence-taken' && event.evidenceId === id,
      );
      expect({
        at,
        when,
        status,
        packages: system.archived().filter(({ key }) => key.includes(id)).length,
        taken: chain.filter(({ act }) => act === 'taken').length,
        told: told.length,
        files: system.dropped().filter((key) => key.startsWith(id)).length,
      }).toEqual({ at, when, status: 201, packages: 1, taken: 1, told: 1, files: 6 });
    }
  },
  30_000,
);

it('of two requests at once makes one package, and answers both with it [Storage-B]', async () => {
  await system.show([read.readId]);
  const [first, second] = await Promise.all([take(), take()]);
  expect(first.status).toBe(201);
  expect(second.body).toEqual(first.body);
  expect(system.archived()).toHaveLength(1);
});

function filesOf(body: Record<string, unknown>): readonly PackageFile[] {
  const { files } = body as { files: readonly { name: PackageFile['name']; base64: string }[] };
  return files.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }));
}
