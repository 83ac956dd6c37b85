import type { Sighting } from '../../core/reads/reader';
import { fuse } from '../../reader/fusion/fuse';
import { followPasses, type Pass } from '../../reader/fusion/passes';
import type { LookedAt } from './look';

/** One vehicle before one camera within a batch of frames. */
export interface FusedPass {
  /** What its frames say together. */
  readonly sighting: Sighting;
  /** The frame in which it was read most surely, the how manieth sighting there, and what that frame says alone. */
  readonly best: { readonly looked: LookedAt; readonly index: number; readonly sighting: Sighting };
  /** Keys of all its frames, the best included. */
  readonly keys: readonly string[];
}

type Place = Pick<FusedPass['best'], 'looked' | 'index'>;

/**
 * The passes of a batch: the frames of each camera in order of capture, those of one moment by their keys, so that a
 * batch that comes again gives the same.
 */
export async function passesIn(frames: readonly LookedAt[]): Promise<FusedPass[]> {
  const found: FusedPass[] = [];
  for (const cameraId of new Set(frames.map(({ frame }) => frame.cameraId))) {
    const follow = followPasses<Place>();
    const ended: Pass<Place>[] = [];
    for (const looked of frames.filter(({ frame }) => frame.cameraId === cameraId).sort(inOrder)) {
      const { key, capturedAtMs } = looked.frame;
      const keep = (_: Sighting, index: number) => ({ looked, index });
      ended.push(...(await follow.add({ frame: key, capturedAtMs, sightings: looked.sightings, keep })));
    }
    found.push(...[...ended, ...follow.end()].map(fused));
  }
  return found;
}

const fused = ({ best, sightings, frames }: Pass<Place>): FusedPass => ({
  sighting: fuse(best.sighting, sightings),
  best: { ...best.kept, sighting: best.sighting },
  keys: frames,
});

const inOrder = ({ frame: a }: LookedAt, { frame: b }: LookedAt) =>
  a.capturedAtMs - b.capturedAtMs || (a.key < b.key ? -1 : 1);

/**
 * Frames to delete before anything is sent. A frame that is no pass's best would, if it were left over after its pass
 * was sent, be read again alone and give that vehicle a second read under another id. Its best frame, left over, gives
 * the same read under the same id; only where that frame alone says nothing are the others kept until the read is sent.
 */
export function deletedFirst(passes: readonly FusedPass[]): Set<string> {
  const kept = new Set(
    passes.flatMap(({ best, keys }) =>
      best.sighting.outcome === 'accepted' ? [best.looked.frame.key] : keys,
    ),
  );
  return new Set(passes.flatMap(({ keys }) => keys).filter((key) => !kept.has(key)));
}
