import { provenFromTiles } from './check-event';
import type { LogFiles } from './files';
import { disproved, proven, type Verdict } from './finding';
import type { Checkpoint } from './open-checkpoint';
import { consistencyPath, provesConsistency } from './proofs';
import { subtreesIn } from './tile-files';

/**
 * Whether everything under the older checkpoint stands unchanged, in its order, at the beginning of the newer one. The
 * older one is best a copy that the auditor kept: then not even the log's owner can have replaced the log since.
 */
export function checkConsistency(
  files: LogFiles,
  older: Checkpoint,
  newer: Checkpoint,
): Verdict<{ older: number; newer: number }> {
  if (older.size > newer.size)
    return disproved('not-consistent', 'the checkpoint said to be newer is the smaller one');
  return provenFromTiles(() => {
    const isTrivial = older.size === 0 || older.size === newer.size;
    const path = isTrivial ? [] : consistencyPath(older.size, newer.size, subtreesIn(files, newer.size));
    return provesConsistency({ older, newer, path })
      ? proven({ older: older.size, newer: newer.size })
      : disproved(
          'not-consistent',
          `the log of ${newer.size} events does not begin with the log of ${older.size}: its past was changed`,
        );
  });
}
