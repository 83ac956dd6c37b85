import type { PlateIndexCompaction } from '../../adapters/plate-index/compaction';
import { type CaptureDay, dayMs, dayStartMs } from '../../core/retention/day';
import { daysKept } from '../../core/retention/forgetting';
import type { Counters } from '../counters';
import { errorFacts } from '../error-facts';

export interface CompactPlateIndexDeps {
  readonly compaction: Pick<PlateIndexCompaction, 'networks' | 'compact'>;
  /** The days of which the index holds something. */
  readonly days: () => Promise<readonly CaptureDay[]>;
  readonly retentionDays: number;
  readonly counters: Counters;
  readonly log: { error(message: string, facts: Readonly<Record<string, string>>): void };
  readonly now: () => number;
  /** No further day and network is begun after this; 4 minutes unless given, of the 5 that the function has. */
  readonly runMsMax?: number;
}

/** A day and network could not be compacted; the scheduler calls again, and the next run tries, too. */
export class CompactionUnfinished extends Error {
  constructor() {
    super('the compaction of the plate index is unfinished');
    this.name = 'CompactionUnfinished';
  }
}

/** A day under way grows by a segment a minute from each stream; rewriting it for fewer is not worth it. */
const segmentsMinToday = 8;
const runMsMax = 4 * 60 * 1000;

/**
 * Puts together the segments of each day and network, newest days first: of a day under way when there are enough, of
 * one that is over whenever there are two. A failure of one does not keep the others; the run throws at its end.
 */
export function makeHandler(deps: CompactPlateIndexDeps) {
  return async (): Promise<{ readonly compacted: number }> => {
    const beganMs = deps.now();
    const kept = new Set(daysKept(beganMs, deps.retentionDays));
    const days = (await deps.days()).filter((day) => kept.has(day)).toReversed();
    let [compacted, unreadable, isUnfinished] = [0, 0, false];
    const attempt = async (step: string, work: () => Promise<void>) => {
      if (deps.now() - beganMs >= (deps.runMsMax ?? runMsMax)) return;
      try {
        await work();
      } catch (error) {
        isUnfinished = true;
        deps.log.error('a part of the plate index could not be compacted', { step, ...errorFacts(error) });
      }
    };
    for (const day of days)
      await attempt('networks', async () => {
        const isOver = beganMs >= dayStartMs(day) + dayMs;
        for (const network of await deps.compaction.networks(day))
          await attempt('compact', async () => {
            const done = await deps.compaction.compact(day, network, isOver ? 2 : segmentsMinToday);
            if (done.kind === 'compacted') compacted += done.segments;
            if (done.kind !== 'forgotten') unreadable += done.unreadable;
          });
      });
    deps.counters.count('SegmentsCompacted', compacted);
    deps.counters.gauge('SegmentsUnreadable', unreadable);
    if (isUnfinished) throw new CompactionUnfinished();
    return { compacted };
  };
}
