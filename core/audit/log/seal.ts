import { checkpointText } from './checkpoint';
import { partialsOf } from './edge';
import { committedGrowth, committing, type LogHead } from './head';
import { type HeadStore, LogConflict, type LogObjects, type NoteSigner, type StagedEvents } from './ports';
import { checkpointPath } from './tile-path';

export interface SealDeps {
  /** Identifies the log in its checkpoints. */
  readonly origin: string;
  readonly head: HeadStore;
  readonly objects: LogObjects;
  readonly events: StagedEvents;
  readonly signer: NoteSigner;
  readonly now: () => number;
}

export interface SealLimits {
  /** Events committed at once: bounds the head item, which holds them until they are published. */
  readonly batchMax: number;
  /** Steps of one run; the next run goes on from there. */
  readonly roundsMax: number;
  /** Partial tiles expire by themselves; those of an idle log are written again after this time. */
  readonly republishAfterMs: number;
}

export const sealLimits: SealLimits = { batchMax: 2000, roundsMax: 60, republishAfterMs: 7 * 86_400_000 };

export interface Sealed {
  readonly sealed: number;
  readonly size: number;
  /** Rows that wait and cannot be sealed. */
  readonly unreadable: number;
  /** When the oldest event that still waits was made; absent when none waits. */
  readonly oldestWaitingAtMs?: number;
}

/**
 * Seals what waits, each event exactly once, in an order that survives a crash after every step and a second sealer
 * beside every step:
 *
 *  1. commit: compare-and-swap of the head to the grown tree, with the new entries staged in the same item. From here
 *     their places are fixed. What did not come so far has left no trace.
 *  2. sign the committed head, and nothing that is not committed: two sealers can never sign two different trees.
 *  3. full tiles and bundles (write once), then partial ones;
 *  4. the numbered checkpoint (write once), when everything it promises lies there;
 *  5. the pointer, which never moves backwards;
 *  6. mark each event with its place, which takes it off the waiting list;
 *  7. settle: the staged entries leave the head, and only then may a next batch be committed.
 *
 * A run that finds staged entries does 2 to 7 for them first. All of these give the same bytes each time, so doing
 * them again, late or twice changes nothing. An event waits until 6 and a batch begins only after 7, so no event is
 * committed twice.
 *
 * Throws what a store throws, `HeadBroken` and `LogConflict`; what is left is for the next run.
 */
export async function sealAll(deps: SealDeps, limits: SealLimits = sealLimits): Promise<Sealed> {
  let sealed = 0;
  for (let round = 0; round < limits.roundsMax; round++) {
    const head = await deps.head.read();
    if (head.staged.length > 0) {
      await publish(deps, head);
      continue;
    }
    const waiting = await deps.events.find(limits.batchMax);
    if (waiting.entries.length === 0) {
      await republishIdle(deps, head, limits);
      return report(sealed, head.size, waiting);
    }
    const next = committing(head, waiting.entries);
    await refuseWhenSetBack(deps, head);
    if ((await deps.head.commit(head, next)) === 'beaten') continue;
    await publish(deps, next);
    sealed += waiting.entries.length;
  }
  const { size } = await deps.head.read();
  return report(sealed, size, await deps.events.find(1));
}

async function publish(deps: SealDeps, head: LogHead): Promise<void> {
  const { edge, full } = committedGrowth(head);
  const checkpoint = await deps.signer.sign(checkpointText(deps.origin, head));
  await Promise.all(full.map(({ path, bytes }) => deps.objects.putFull(path, bytes)));
  await Promise.all(partialsOf(edge).map(({ path, bytes }) => deps.objects.putPartial(path, bytes)));
  await deps.objects.putFull(checkpointPath(head.size), Buffer.from(checkpoint));
  await deps.objects.movePointer(checkpoint, head.size);
  await deps.events.mark(head.edge.size, head.staged);
  await deps.head.settle(head, { edge, checkpoint, atMs: deps.now() });
}

async function republishIdle(deps: SealDeps, head: LogHead, limits: SealLimits): Promise<void> {
  if (head.size === 0 || deps.now() - head.publishedAtMs < limits.republishAfterMs) return;
  await publish(deps, head);
}

/**
 * A head table restored from a backup is behind what is published; going on from it would sign a second history, also
 * where the pointer was set back or deleted with it. The head is read again, because another sealer may just have published more.
 */
async function refuseWhenSetBack(deps: SealDeps, head: LogHead): Promise<void> {
  if (!(await deps.objects.isBeyond(head.size))) return;
  const { size } = await deps.head.read();
  if (size === head.size) throw new LogConflict('head-behind-log');
}

function report(
  sealed: number,
  size: number,
  { unreadable, oldestAtMs }: { readonly unreadable: readonly unknown[]; readonly oldestAtMs?: number },
): Sealed {
  const oldest = oldestAtMs === undefined ? {} : { oldestWaitingAtMs: oldestAtMs };
  return { sealed, size, unreadable: unreadable.length, ...oldest };
}
