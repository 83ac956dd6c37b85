import { entryOf } from '../commitment';
import { type Hash, leafHash } from '../hash';
import type { LogFiles } from './files';
import { disproved, proven, type Verdict } from './finding';
import type { Checkpoint } from './open-checkpoint';
import { inclusionPath, provesInclusion } from './proofs';
import { subtreesIn, TileMissing } from './tile-files';

/** A stored event with what opens its commitment. */
export interface OpenedEvent {
  /** The exact stored text. */
  readonly event: string;
  readonly commitmentKey: Uint8Array;
  readonly logIndex: number;
}

/** Whether the checkpoint covers exactly this event at exactly this place. */
export function checkEvent(
  files: LogFiles,
  checkpoint: Checkpoint,
  { logIndex: index, event, commitmentKey }: OpenedEvent,
): Verdict<{ index: number; size: number }> {
  return checkEntry(files, checkpoint, { index, leaf: leafHash(entryOf(event, commitmentKey)) });
}

/** As above, of an event that is known by the hash of its entry alone: what stands in the log when it is redacted. */
export function checkEntry(
  files: LogFiles,
  { size, root }: Checkpoint,
  { index, leaf }: { readonly index: number; readonly leaf: Hash },
): Verdict<{ index: number; size: number }> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    return disproved('not-included', `the checkpoint covers places 0 to ${size - 1}, not ${index}`);
  return provenFromTiles(() => {
    const path = inclusionPath(index, size, subtreesIn(files, size));
    return provesInclusion({ index, size, leaf, path, root })
      ? proven({ index, size })
      : disproved('not-included', `the log does not hold this event at place ${index}`);
  });
}

/** Turns a tile that the copy lacks into a finding. */
export function provenFromTiles<Proven>(prove: () => Verdict<Proven>): Verdict<Proven> {
  try {
    return prove();
  } catch (error) {
    if (error instanceof TileMissing) return disproved('file-missing', error.message);
    throw error;
  }
}
