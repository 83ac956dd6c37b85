import type { DayObjects } from '../../adapters/purge/day-objects';
import { isForgotten } from '../../core/retention/day';
import type { Counters } from '../counters';

export interface PurgeExpiredDeps {
  readonly buckets: readonly Pick<DayObjects, 'days' | 'deleteSome'>[];
  readonly retentionDays: number;
  readonly counters: Counters;
  readonly now: () => number;
  /** Calls for deletion in one run, 1,000 objects each; what is left waits for the next run. */
  readonly deletionsMax?: number;
}

export interface Purged {
  readonly deleted: number;
  /** Calls that list objects: all that S3 charges for in this, deletion being free. */
  readonly listings: number;
  readonly isFinished: boolean;
}

const deletionsMax = 500;

/**
 * Frees the space of forgotten days: their objects cannot be read any more, their keys being gone. What is still here
 * of an interrupted run is found again, because the days are listed and not remembered.
 */
export function makeHandler(deps: PurgeExpiredDeps) {
  return async (): Promise<Purged> => {
    let deleted = 0;
    let listings = 0;
    let deletions = 0;
    let isFinished = true;
    for (const bucket of deps.buckets) {
      listings++;
      const forgotten = (await bucket.days()).filter((day) =>
        isForgotten(day, deps.now(), deps.retentionDays),
      );
      for (const day of forgotten) {
        for (let some = 1; some > 0; deleted += some) {
          if (deletions++ >= (deps.deletionsMax ?? deletionsMax)) {
            isFinished = false;
            break;
          }
          listings++;
          some = await bucket.deleteSome(day);
        }
      }
    }
    deps.counters.count('ObjectsPurged', deleted);
    deps.counters.count('PurgeListings', listings);
    deps.counters.gauge('PurgeUnfinished', isFinished ? 0 : 1);
    return { deleted, listings, isFinished };
  };
}
