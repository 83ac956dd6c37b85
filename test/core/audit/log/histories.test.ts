import { entryOf } from '../../../../core/audit/log/commitment';
import { decodeFields } from '../../../../core/audit/log/fields';
import { sealAll, sealLimits } from '../../../../core/audit/log/seal';
import { checkConsistency } from '../../../../core/audit/log/verifier/check-consistency';
import { checkLog } from '../../../../core/audit/log/verifier/check-log';
import { openCheckpoint } from '../../../../core/audit/log/verifier/open-checkpoint';
import { logKey, MadeLog, Struck, type Weather } from './made-log';

const histories = process.env.DEEP === '1' ? 10_000 : 300;

describe('a log whose stores fail and whose sealers die and race', () => {
  it(`never forks, loses or doubles an event in ${histories} random histories [Acct-A]`, async () => {
    for (let seed = 1; seed <= histories; seed++) await live(seed);
  });

  it('comes through every single call that fails, both ways, and can be verified at each moment', async () => {
    for (const how of ['not-done', 'done-but-lost'] as const)
      for (let call = 1; ; call++) {
        const log = new MadeLog();
        log.append(250);
        await sealAll(log.deps());
        log.append(10);
        let calls = 0;
        const failing: Weather = { pause: nothing, strike: () => (++calls === call ? how : 'no') };
        const failed = await sealAll(log.deps(failing)).then(
          () => false,
          (error: unknown) => error instanceof Struck,
        );
        expect({ how, call, verdict: checkLog(log.published(), logKey).kind }).toEqual({
          how,
          call,
          verdict: 'proven',
        });
        await heal(log, call);
        if (!failed) break;
      }
  });
});

/** One history: events come, sealers start, are slow, fail and overtake each other; then the weather clears. */
async function live(seed: number): Promise<void> {
  const random = generator(seed);
  const log = new MadeLog();
  log.append(random.below(2) === 0 ? 0 : random.below(300));
  await sealAll(log.deps());
  const running: Promise<unknown>[] = [];
  for (let hour = 0; hour < 4; hour++) {
    log.append(random.below(40));
    for (let sealer = random.below(3); sealer >= 0; sealer--) {
      const limits = { ...sealLimits, batchMax: 1 + random.below(30), roundsMax: 1 + random.below(6) };
      running.push(sealAll(log.deps(stormy(random)), limits).catch(onlyStruck));
    }
    await ticks(random.below(200));
  }
  const seen = checkLog(log.published(), logKey).kind;
  expect({ seed, seen: log.files.has('checkpoint') ? seen : 'proven' }).toEqual({ seed, seen: 'proven' });
  await Promise.all(running);
  await heal(log, seed);
}

async function heal(log: MadeLog, seed: number): Promise<void> {
  await sealAll(log.deps());
  const published = log.published();
  const rows = [...log.rows.values()];
  const entries = [...log.files]
    .filter(([path]) => path.startsWith('tile/entries/') && isNewest(path, rows.length))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, bytes]) => decodeFields(bytes).map((entry) => Buffer.from(entry).toString('hex')));
  const expected: string[] = [];
  for (const row of rows)
    expected[row.logIndex ?? -1] = Buffer.from(entryOf(row.event, row.commitmentKey)).toString('hex');
  expect({ seed, waiting: rows.filter((row) => row.isWaiting).length }).toEqual({ seed, waiting: 0 });
  expect({ seed, entries }).toEqual({ seed, entries: expected });
  expect({ seed, verdict: checkLog(published, logKey).kind }).toEqual({ seed, verdict: 'proven' });
  const newest = opened(log.files.get('checkpoint') ?? Buffer.of());
  expect({ seed, size: newest.size }).toEqual({ seed, size: rows.length });
  for (const note of new Set(log.signed))
    expect({ seed, fork: checkConsistency(published, opened(Buffer.from(note)), newest).kind }).toEqual({
      seed,
      fork: 'proven',
    });
}

function opened(bytes: Uint8Array) {
  const checkpoint = openCheckpoint(bytes, logKey);
  if (checkpoint.kind === 'disproved') throw new Error('no checkpoint');
  return checkpoint.value;
}

/** Of partial bundles only the one of the final size. */
function isNewest(path: string, size: number): boolean {
  const width = /\.p\/(\d+)$/.exec(path)?.[1];
  if (width === undefined) return true;
  const index = Number(/entries\/(\d+)/.exec(path)?.[1]);
  return index === Math.floor(size / 256) && Number(width) === size % 256;
}

function stormy(random: Random): Weather {
  const isSlow = random.below(4) === 0;
  const chance = random.below(3) === 0 ? 0 : 30;
  return {
    pause: () => ticks(isSlow && random.below(5) === 0 ? random.below(600) : random.below(4)),
    strike: () => {
      if (chance === 0 || random.below(chance) > 0) return 'no';
      return random.below(2) === 0 ? 'not-done' : 'done-but-lost';
    },
  };
}

async function ticks(count: number): Promise<void> {
  for (let each = 0; each < count; each++) await Promise.resolve();
}

async function nothing(): Promise<void> {}

function onlyStruck(error: unknown): void {
  if (!(error instanceof Struck)) throw error;
}

interface Random {
  /** A whole number from 0 to before `limit`. */
  below(limit: number): number;
}

/** Mulberry32. */
function generator(seed: number): Random {
  let state = seed;
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
    },
  };
}
