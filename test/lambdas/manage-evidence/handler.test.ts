import { type CustodyEntry, isUnbroken } from '../../../core/evidence/custody';
import { nowMs } from '../../adapters/gateway/made-call';
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

const show = (username: string, id = evidenceId) =>
  system.call('show-evidence', username, { path: { evidenceId: id } });

it('lists Department records for the records officer: id, case, when and who, and no plate [Storage-B]', async () => {
  const { body } = await system.call('list-evidence', 'made-up.records');
  expect(body).toEqual({
    evidence: [
      {
        evidenceId,
        caseNumber: '2026-0012345',
        network: 'bloomington',
        takenBy: 'made-up.detective',
        takenAt: '2026-11-24T12:00:00.000Z',
        packageSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ],
  });
  expect(system.events).toMatchObject([
    { kind: 'requested', operation: 'list-evidence' },
    { kind: 'answered', resultIds: [evidenceId] },
  ]);
});

it('pages the list, newest first, each record once [Storage-B]', async () => {
  for (let at = 0; at < 60; at++) {
    const id = `00000000-0000-4000-8000-0000000001${String(at).padStart(2, '0')}`;
    const takenAtMs = nowMs - 60_000 * (at + 1);
    const record = {
      evidenceId: id,
      readId: read.readId,
      caseNumber: '2026-0012345',
      network: 'bloomington',
    };
    const taken = {
      number: 1,
      atMs: takenAtMs,
      by: 'made-up.detective',
      act: 'taken',
      requestId: id,
      before: '',
    } as const;
    await system.records.putNew({ ...record, takenBy: taken.by, takenAtMs, packageSha256: 'made-up' }, taken);
  }
  const first = await system.call('list-evidence', 'made-up.records');
  const { next } = first.body;
  expect(first.body.evidence).toHaveLength(50);
  const second = await system.call('list-evidence', 'made-up.records', { query: { after: String(next) } });
  expect(second.body.evidence).toHaveLength(11);
  expect(second.body.next).toBeUndefined();
  const ids = [first, second].flatMap(
    ({ body }) => body.evidence as { evidenceId: string; takenAt: string }[],
  );
  expect(new Set(ids.map((each) => each.evidenceId)).size).toBe(61);
  expect(ids.map(({ takenAt }) => takenAt)).toEqual(
    ids
      .map(({ takenAt }) => takenAt)
      .toSorted()
      .toReversed(),
  );
});

it('puts each opening on the chain of custody before the files leave [Storage-B]', async () => {
  await show('made-up.detective');
  const { body } = await show('made-up.records');
  const custody = body.custody as { at: string; by: string; act: string }[];
  expect(custody.map(({ by, act }) => [by, act])).toEqual([
    ['made-up.detective', 'taken'],
    ['made-up.detective', 'handed-over'],
    ['made-up.detective', 'opened'],
    ['made-up.records', 'opened'],
  ]);
  expect(isUnbroken((await system.records.custody(evidenceId)) as CustodyEntry[])).toBe(true);
});

it('keeps the chain unbroken when many open it at once [Storage-B]', async () => {
  const replies = await Promise.all(
    ['made-up.detective', 'made-up.records', 'made-up.detective', 'made-up.records'].map((each) =>
      show(each),
    ),
  );
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const chain = await system.records.custody(evidenceId);
  expect(chain).toHaveLength(6);
  expect(isUnbroken(chain)).toBe(true);
});

it('opens nothing without a record of it [Access-E]', async () => {
  system.audit.isDown = true;
  const { status, body } = await show('made-up.records');
  expect(status).toBe(503);
  expect(body.files).toBeUndefined();
});

it('refuses an officer what another took, and that it does not exist looks the same [Storage-B]', async () => {
  const other = await show('made-up.officer');
  const missing = await show('made-up.officer', '00000000-0000-4000-8000-00000000dead');
  expect(other).toMatchObject({ status: 403, body: { clause: 'Storage-B' } });
  expect({ ...missing.body, instance: '' }).toEqual({ ...other.body, instance: '' });
  expect((await show('made-up.records', '00000000-0000-4000-8000-00000000dead')).status).toBe(404);
});

it('refuses the list to everybody else [Storage-B]', async () => {
  for (const each of ['made-up.detective', 'made-up.officer', 'made-up.chief', 'made-up.auditor'])
    expect(await system.call('list-evidence', each)).toMatchObject({
      status: 403,
      body: { clause: 'Storage-B' },
    });
});
