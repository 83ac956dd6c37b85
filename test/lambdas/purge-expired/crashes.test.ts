import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DayObjects } from '../../../adapters/purge/day-objects';
import { makeHandler } from '../../../lambdas/purge-expired/handler';
import { type Fault, InjectedFault } from '../../adapters/faults';
import { type S3Stack, startS3 } from '../../local/s3/support';
import { recordedCounters } from '../recorded';

const nowMs = Date.parse('2026-12-02T00:00:00Z');
let s3: S3Stack;
let buckets: readonly string[];
let fault: (effect: number) => Fault | undefined;
let effects: number;

beforeAll(async () => {
  s3 = await startS3();
  buckets = [await s3.bucket({}, 'Images'), await s3.bucket({}, 'Index')];
  s3.client.middlewareStack.add(
    (next) => async (args) => {
      const fails = fault(++effects);
      if (fails === 'not-done') throw new InjectedFault(fails);
      const result = await next(args);
      if (fails !== undefined) throw new InjectedFault(fails);
      return result;
    },
    { step: 'initialize', name: 'fault' },
  );
});
afterAll(() => s3.stop());
beforeEach(async () => {
  fault = () => undefined;
  for (const Bucket of buckets)
    for (const Key of ['2026-10-01/a', '2026-11-02/a', '2026-11-02/b', '2026-11-03/a', '2026-12-02/a'])
      await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'sealed' }));
  effects = 0;
});

const left = () => buckets.map((bucket) => s3.s3.dump(bucket).map(({ key }) => key));
const kept = ['2026-11-03/a', '2026-12-02/a'];

function run() {
  const { counters } = recordedCounters();
  const of = (bucket: string) => new DayObjects(s3.client, bucket);
  return makeHandler({ buckets: buckets.map(of), retentionDays: 30, counters, now: () => nowMs })();
}

/** For each bucket: list the days; for each of two days list, delete, and list once more. */
const crashes = Array.from({ length: 14 }, (_, index) => index + 1).flatMap((effect) => [
  { effect, how: 'not-done' as const },
  { effect, how: 'done-but-lost' as const },
]);

describe('a run of purge-expired that dies', () => {
  it('has 14 steps at which it can, in this setting', async () => {
    expect(await run()).toEqual({ deleted: 6, listings: 10, isFinished: true });
    expect(effects).toBe(14);
    expect(left()).toEqual([kept, kept]);
  });

  it.each(crashes)(
    'at step $effect ($how) took nothing of a day that is kept, and the next run frees the rest [Storage-A]',
    async ({ effect, how }) => {
      fault = (at) => (at < effect ? undefined : at === effect ? how : 'not-done');
      await expect(run()).rejects.toThrow();
      for (const keys of left()) expect(keys).toEqual(expect.arrayContaining(kept));

      fault = () => undefined;
      await run();
      expect(left()).toEqual([kept, kept]);
    },
  );
});
