import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { StoredDayKeys } from '../../../adapters/day-keys/day-keys';
import { KeyDestruction } from '../../../adapters/day-keys/key-destruction';
import { admit } from '../../../core/reads/admit';
import { openRead, sealRead } from '../../../core/reads/sealed-read';
import { captureDay, dayMs, dayStartMs } from '../../../core/retention/day';
import { daysDue } from '../../../core/retention/forgetting';
import { capturedAtMs, limits, madeCamera, madeRead } from '../../core/reads/made-read';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';
import { madeKms } from '../made-kms';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const skewMs = fc.integer({ min: -5 * minuteMs, max: 5 * minuteMs });
const runs = { numRuns: process.env.DEEP === undefined ? 12 : 500 };
let server: TestDynamo;
let tables = 0;

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());

/** Functions whose clocks differ, over one key table; `at` is true time. */
async function skewed(skew: {
  readonly admitting: number;
  readonly reading: number;
  readonly forgetting: number;
}) {
  const table = `DayKeys${++tables}`;
  await createTable(server.dynamo, { name: table, key: [['day', 'S']] });
  const { kms } = madeKms();
  const time = { atMs: 0 };
  const keys = (off: number) =>
    new StoredDayKeys({
      dynamo: server.dynamo,
      kms,
      table,
      wrappingKeyId: 'made-up-key',
      retentionDays: 30,
      now: () => time.atMs + off,
      randomBytes,
    });
  const destruction = new KeyDestruction(server.dynamo, table);
  return {
    time,
    writer: keys(skew.admitting),
    reader: keys(skew.reading),
    forget: async () => {
      const byItsClock = time.atMs + skew.forgetting;
      for (const [day, state] of await destruction.states(daysDue(byItsClock, 30)))
        if (state.kind === 'live') await destruction.destroy(day, byItsClock);
    },
    isLive: async () =>
      (await destruction.states([captureDay(capturedAtMs)])).get(captureDay(capturedAtMs))?.kind,
  };
}

const skews = fc.record({ admitting: skewMs, reading: skewMs, forgetting: skewMs });
const ofDay = dayStartMs(captureDay(capturedAtMs));
const limitMs = ofDay + 30 * dayMs;
const dueMs = limitMs - 2 * hourMs;

describe('clocks of functions that differ by up to ten minutes', () => {
  it('lose no read before its day is due, and none is readable when its 30 days are over [Storage-A]', async () => {
    await fc.assert(
      fc.asyncProperty(
        skews,
        fc.integer({ min: capturedAtMs, max: dueMs - 5 * minuteMs - 1 }),
        fc.integer({ min: 0, max: hourMs - 1 }),
        async (skew, askedAtMs, runMinuteMs) => {
          const { time, writer, reader, forget, isLive } = await skewed(skew);
          time.atMs = capturedAtMs;
          const read = madeRead();
          const key = await writer.forWriting(captureDay(capturedAtMs));
          if (key === undefined) throw new Error('a day that has just begun has no key');
          const row = sealRead(key, read);

          time.atMs = askedAtMs;
          await forget();
          const found = await reader.forReading(captureDay(capturedAtMs));
          expect(found && openRead(found, row).readId).toBe(read.readId);

          // Hourly runs, at any minute of the hour.
          for (let at = dueMs - hourMs + runMinuteMs; at <= limitMs - 55 * minuteMs; at += hourMs) {
            time.atMs = at;
            await forget();
          }
          time.atMs = limitMs - 55 * minuteMs;
          await forget();
          expect(await isLive()).toBe('destroyed');
          expect(await reader.forReading(captureDay(capturedAtMs))).toBeUndefined();
          expect(() => found?.open(row.sealed, 'any')).toThrow('forgotten');
          expect(await writer.forWriting(captureDay(capturedAtMs))).toBeUndefined();
        },
      ),
      runs,
    );
  }, 120_000);

  it('admit what a right camera sends at once, and nothing whose last copy would outlive its day', () => {
    fc.assert(
      fc.property(skewMs, fc.integer({ min: 0, max: 40 * dayMs }), (off, lateMs) => {
        const atMs = capturedAtMs + lateMs;
        const facts = { source: 'camera', camera: madeCamera(), signatureValid: true, limits } as const;
        const { kind } = admit(madeRead(), { ...facts, nowMs: atMs + off });
        if (lateMs === 0) expect(kind).toBe('admitted');
        if (kind === 'admitted') expect(atMs + limits.transitMs).toBeLessThan(limitMs - hourMs);
      }),
      {
        examples: [
          [-5 * minuteMs, 0],
          [5 * minuteMs, 0],
        ],
      },
    );
  });

  it('make one key at midnight, whichever day their clocks say', async () => {
    await fc.assert(
      fc.asyncProperty(skews, async (skew) => {
        const { time, writer, reader } = await skewed(skew);
        time.atMs = ofDay;
        const [mine, other] = await Promise.all([
          writer.forWriting(captureDay(ofDay)),
          reader.forWriting(captureDay(ofDay)),
        ]);
        const sealed = mine?.seal(Buffer.from('content'), 'row') ?? new Uint8Array();
        expect(Buffer.from(other?.open(sealed, 'row') ?? []).toString()).toBe('content');
      }),
      runs,
    );
  }, 60_000);
});
