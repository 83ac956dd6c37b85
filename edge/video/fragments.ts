import { clusterOf, imageGenerationTag, type PlacedFrame } from './media-writer';
import { VideoFault, type VideoFrame } from './video';

/** What is sent, acknowledged and kept as one. */
export interface VideoFragment {
  /** Since the epoch, by the device's clock; no two fragments of a video share it. */
  readonly timecodeMs: number;
  readonly lengthMs: number;
  readonly frames: number;
  /** Whether a decoder can begin here, so that the cloud takes images out of it. */
  readonly isSampled: boolean;
  readonly bytes: Buffer;
}

export interface FragmentLimits {
  /** A keyframe sooner than this begins no fragment: Kinesis Video takes 5 fragments a second. */
  readonly lengthMsMin: number;
  /** Kinesis Video takes 10 seconds. */
  readonly lengthMsMax: number;
  /** Kinesis Video takes 50 MB. */
  readonly bytesMax: number;
}

export const fragmentLimits: FragmentLimits = {
  lengthMsMin: 500,
  lengthMsMax: 9500,
  bytesMax: 16 * 1024 * 1024,
};

/**
 * Cuts a video at its keyframes. Where the next keyframe is too far, it cuts between keyframes as well: such a fragment
 * is kept like the others, but no image is taken out of it, since its pictures hang on those of the one before.
 */
export async function* fragmentsOf(
  frames: AsyncIterable<VideoFrame>,
  {
    startedAtMs,
    limits = fragmentLimits,
  }: { readonly startedAtMs: number; readonly limits?: FragmentLimits },
): AsyncGenerator<VideoFragment> {
  let open: PlacedFrame[] = [];
  let [bytes, firstMs, lastMs] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for await (const { data, atMs, isKeyframe } of frames) {
    const frame = { data, isKeyframe, atMs: Math.round(startedAtMs + atMs) };
    if (data.length > limits.bytesMax) throw new VideoFault('damaged', 'a picture is too large');
    const isAfterAll = frame.atMs > lastMs;
    const isLongEnough = frame.atMs - firstMs >= limits.lengthMsMin;
    const isTooMuch = frame.atMs - firstMs > limits.lengthMsMax || bytes + data.length > limits.bytesMax;
    if (open.length > 0 && ((isKeyframe && isLongEnough) || (isTooMuch && isAfterAll))) {
      yield closed(open, [firstMs, lastMs]);
      open = [];
      [bytes, firstMs, lastMs] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    }
    open.push(frame);
    bytes += data.length;
    firstMs = Math.min(firstMs, frame.atMs);
    lastMs = Math.max(lastMs, frame.atMs);
  }
  if (open.length > 0) yield closed(open, [firstMs, lastMs]);
}

function closed(frames: readonly PlacedFrame[], [firstMs, lastMs]: readonly [number, number]): VideoFragment {
  const isSampled = frames[0]?.isKeyframe === true;
  return {
    timecodeMs: firstMs,
    lengthMs: lastMs - firstMs,
    frames: frames.length,
    isSampled,
    bytes: clusterOf(frames, { timecodeMs: firstMs, tags: isSampled ? [imageGenerationTag] : [] }),
  };
}
