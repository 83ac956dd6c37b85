import { captureDay } from '../../../core/retention/day';
import { makeHandler } from '../../../lambdas/purge-expired/handler';
import { recordedCounters } from '../recorded';

const nowMs = Date.parse('2026-12-02T00:00:00Z');

/** A bucket that holds so many objects of each day. */
function madeBucket(holds: Record<string, number>) {
  const left = new Map(
    Object.entries(holds).map(([day, count]) => [captureDay(Date.parse(`${day}T00:00:00Z`)), count]),
  );
  return {
    left,
    days: async () => [...left].filter(([, count]) => count > 0).map(([day]) => day),
    deleteSome: async (day: ReturnType<typeof captureDay>) => {
      const some = Math.min(1000, left.get(day) ?? 0);
      left.set(day, (left.get(day) ?? 0) - some);
      return some;
    },
  };
}

describe('purge-expired', () => {
  it('deletes every object of forgotten days and none of others [Storage-A]', async () => {
    const images = madeBucket({ '2026-10-01': 1500, '2026-11-02': 1, '2026-11-03': 5 });
    const index = madeBucket({ '2026-11-02': 2 });
    const { counters, figures } = recordedCounters();
    const handler = makeHandler({ buckets: [images, index], retentionDays: 30, counters, now: () => nowMs });
    expect(await handler()).toEqual({ deleted: 1503, listings: 9, isFinished: true });
    expect(Object.fromEntries(images.left)).toEqual({ '2026-10-01': 0, '2026-11-02': 0, '2026-11-03': 5 });
    expect(figures).toEqual(['ObjectsPurged 1503', 'PurgeListings 9', 'PurgeUnfinished 0']);
  });

  it('stops at its bound and goes on in the next run', async () => {
    const images = madeBucket({ '2026-10-01': 3500 });
    const { counters } = recordedCounters();
    const deps = { buckets: [images], retentionDays: 30, counters, now: () => nowMs, deletionsMax: 3 };
    expect(await makeHandler(deps)()).toEqual({ deleted: 3000, listings: 4, isFinished: false });
    expect(await makeHandler(deps)()).toEqual({ deleted: 500, listings: 3, isFinished: true });
  });
});
