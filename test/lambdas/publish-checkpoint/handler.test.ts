import { createServer } from 'node:http';
import { HttpWitness } from '../../../adapters/audit-log/http-witness';
import type { ReportFile } from '../../../adapters/reports/report-files';
import type { AuditEvent } from '../../../core/audit/event';
import type { PublishedCheckpoint, Witness } from '../../../core/audit/log/publish-day';
import { sealAll } from '../../../core/audit/log/seal';
import { checkFiles } from '../../../core/audit/log/verifier/check-files';
import { type Checkpoint, openCheckpoint } from '../../../core/audit/log/verifier/open-checkpoint';
import { parseWitnessKey } from '../../../core/audit/log/verifier/open-note';
import { parseStep } from '../../../core/audit/log/verifier/proof-files';
import { provesConsistency } from '../../../core/audit/log/verifier/proofs';
import { makeHandler } from '../../../lambdas/publish-checkpoint/handler';
import { logKey, logKeyText, MadeLog, origin } from '../../core/audit/log/made-log';
import { cosignature, witnessKeyText } from '../../core/audit/log/made-witness';
import { recordedCounters } from '../recorded';

const dayMs = 86_400_000;
const witnessKey = parseWitnessKey(witnessKeyText);
let log: MadeLog;
let nowMs: number;
let events: PublishedCheckpoint[];
let files: Map<string, string>;

beforeEach(async () => {
  log = new MadeLog();
  nowMs = Date.parse('2026-11-24T00:40:00Z');
  events = [];
  files = new Map();
  log.append(300);
  await sealAll(log.deps());
});

function publish(witnesses: readonly Witness[] = [], drawn: readonly AuditEvent[] = []) {
  return makeHandler({
    origin,
    verifierKey: async () => logKeyText,
    newest: async () => log.files.get('checkpoint'),
    fromLog: async (prove) => prove(log.published()),
    witnesses,
    published: async (day) => events.find((event) => event.day === day),
    audit: {
      appendOnce: async (event) => {
        if (event.kind === 'checkpoint-published' && !events.some(({ eventId }) => eventId === event.eventId))
          events.push(event);
      },
    },
    events: async function* () {
      yield* drawn;
    },
    files: { put: async ({ name, body }: ReportFile) => void files.set(name, String(body)) },
    counters: recordedCounters().counters,
    now: () => nowMs,
  })();
}

/** A witness that keeps what it saw, and answers as C2SP tlog-witness says. */
function madeWitness(seen: { size: number; root: Uint8Array } = { size: 0, root: Buffer.of() }) {
  const asks: number[] = [];
  const answer = (request: string): { status: number; text: string } => {
    const step = parseStep(request);
    const opened = step && openCheckpoint(step.checkpoint, logKey);
    if (step === undefined || opened?.kind !== 'proven') return { status: 403, text: '' };
    asks.push(step.olderSize);
    if (step.olderSize !== seen.size) return { status: 409, text: `${seen.size}\n` };
    const newer: Checkpoint = opened.value;
    const older: Checkpoint = { size: step.olderSize, root: seen.root };
    if (!provesConsistency({ older, newer, path: step.path })) return { status: 422, text: '' };
    Object.assign(seen, newer);
    return { status: 200, text: cosignature(Buffer.from(step.checkpoint).toString(), 1_795_000_000) };
  };
  return { asks, answer };
}

function inMemory(answer: (request: string) => { status: number; text: string }): Witness {
  if (witnessKey === undefined) throw new Error('no key');
  return {
    key: witnessKey,
    ask: async (request) => {
      const { status, text } = answer(request);
      if (status === 200) return { kind: 'cosigned', lines: text };
      return status === 409 ? { kind: 'other-size', size: Number(text) } : { kind: 'silent' };
    },
  };
}

const citizen = (...names: string[]) =>
  checkFiles(
    names.map((name) => ({ name, bytes: Buffer.from(files.get(`public/log/${name}`) ?? '') })),
    logKey,
    witnessKey ? [witnessKey] : [],
  );

it('publishes one checkpoint a day, whatever was sealed since, so that it does not tell when somebody searched', async () => {
  await publish();
  log.append(10);
  await sealAll(log.deps());
  nowMs += 3_600_000;
  await publish();
  expect(events).toMatchObject([{ day: '2026-11-24', size: 300 }]);
  expect(JSON.parse(files.get('public/log/days.json') ?? '')).toEqual([
    { day: '2026-11-24', size: 300, rootHash: events[0]?.rootHash, witnesses: [] },
  ]);
  expect(files.get('public/log/key')).toBe(`${logKeyText}\n`);
});

it('proves each day to continue the one before, for a citizen who has nothing but the published files', async () => {
  await publish();
  const kept = files.get('public/log/checkpoint') ?? '';
  for (const more of [10, 0, 500]) {
    log.append(more);
    await sealAll(log.deps());
    nowMs += dayMs;
    await publish();
  }
  files.set('public/log/kept', kept);
  expect(citizen('kept', 'days/2026-11-25', 'days/2026-11-27')).toEqual([
    { kind: 'signed', name: 'kept', size: 300, cosigned: [] },
    { kind: 'signed', name: 'days/2026-11-25', size: 310, cosigned: [] },
    { kind: 'signed', name: 'days/2026-11-27', size: 810, cosigned: [] },
    { kind: 'continues', older: 300, newer: 310 },
    { kind: 'continues', older: 310, newer: 810 },
  ]);
  expect(citizen('kept', 'days/2026-11-27')).toContainEqual({ kind: 'unlinked', older: 300, newer: 810 });
});

it('signs nothing away: a log that does not continue what was published is not published [Acct-A]', async () => {
  await publish();
  log = new MadeLog();
  log.append(400);
  log.rows.delete('00000003');
  await sealAll(log.deps());
  nowMs += dayMs;
  await expect(publish()).rejects.toMatchObject({ code: 'published-differs' });
  log = new MadeLog();
  log.append(200);
  await sealAll(log.deps());
  await expect(publish()).rejects.toMatchObject({ code: 'published-differs' });
  expect(events).toHaveLength(1);
});

it('adds the cosignature of a witness, also of one that saw an older or newer day than ours', async () => {
  const witness = madeWitness();
  await publish([inMemory(witness.answer)]);
  nowMs += dayMs;
  log.append(5);
  await sealAll(log.deps());
  await publish();
  nowMs += dayMs;
  log.append(5);
  await sealAll(log.deps());
  await publish([inMemory(witness.answer)]);
  expect(witness.asks).toEqual([0, 305, 300]);
  expect(events.map(({ witnesses, silent }) => [witnesses, silent])).toEqual([
    [['witness.example/w1'], []],
    [[], []],
    [['witness.example/w1'], []],
  ]);
  expect(citizen('days/2026-11-26')).toEqual([
    {
      kind: 'signed',
      name: 'days/2026-11-26',
      size: 310,
      cosigned: [{ witness: 'witness.example/w1', atS: 1_795_000_000 }],
    },
  ]);
});

it.each([
  ['refuses', () => ({ status: 403, text: '' })],
  ['signs something else', () => ({ status: 200, text: cosignature('made-up\n\n— a AAAAAAAA\n', 1) })],
  ['answers nonsense', () => ({ status: 200, text: '— witness.example/w1 AAAA\n' })],
  ['claims to have seen more than there is', () => ({ status: 409, text: '999\n' })],
])('is published without a witness that %s, and says so', async (_, answer) => {
  await publish([inMemory(answer)]);
  expect(events).toMatchObject([{ witnesses: [], silent: ['witness.example/w1'] }]);
  expect(citizen('checkpoint')).toEqual([{ kind: 'signed', name: 'checkpoint', size: 300, cosigned: [] }]);
});

it('publishes the record of each draw', async () => {
  const record = { version: 1 as const, day: '2026-11-23', size: 9, rootHash: '', seed: '', leaves: [] };
  const drawn: AuditEvent = {
    kind: 'leaves-drawn',
    version: 1,
    eventId: '00000000-0000-4000-8000-000000000001',
    atMs: nowMs,
    actor: { kind: 'stranger', username: 'made-up.auditor' },
    operation: 'draw-leaves',
    record,
    decision: { outcome: 'permit', rules: [] },
  };
  await publish([], [drawn]);
  const name = 'public/log/draws/2026-11-23-00000000-0000-4000-8000-000000000001.json';
  expect(JSON.parse(files.get(name) ?? '')).toEqual({ drawnAtMs: nowMs, ...record });
  expect(files.get(name)).not.toContain('made-up.auditor');
});

it('asks a witness over HTTP, and takes any trouble with it for silence', async () => {
  const witness = madeWitness();
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      const { status, text } =
        request.url === '/w1/add-checkpoint'
          ? witness.answer(body)
          : { status: 404, text: 'x'.repeat(99_999) };
      reply.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const at = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  await publish([new HttpWitness({ key: witnessKeyText, url: `${at}/w1/` })]);
  expect(events).toMatchObject([{ witnesses: ['witness.example/w1'] }]);
  const ask = (url: string) => new HttpWitness({ key: witnessKeyText, url }).ask('made-up');
  expect(await ask(`${at}/w1`)).toEqual({ kind: 'silent' });
  expect(await ask(`${at}/elsewhere`)).toEqual({ kind: 'silent' });
  await new Promise((resolve) => server.close(resolve));
  expect(await ask(`${at}/w1`)).toEqual({ kind: 'silent' });
  expect(() => new HttpWitness({ key: logKeyText, url: at })).toThrow(RangeError);
});
