import { setTimeout as delay } from 'node:timers/promises';
import { fragmentsOf } from './fragments';
import { type LiveVideo, VideoFault, type VideoFaultCode, type VideoFrame, type VideoTrack } from './video';
import type { WaitingFragments } from './waiting-fragments';

export type CameraEvent =
  | { readonly kind: 'camera-connected'; readonly width: number; readonly height: number }
  | { readonly kind: 'camera-lost'; readonly code: VideoFaultCode; readonly retryMs: number };

export interface WatchOptions {
  readonly open: (signal: AbortSignal) => Promise<LiveVideo>;
  readonly waiting: Pick<WaitingFragments, 'push'>;
  readonly stop: AbortSignal;
  /** Before the camera is tried again; doubles to at most 30 seconds while it gives nothing; 1 second by default. */
  readonly reconnectMs?: number;
  readonly onEvent?: (event: CameraEvent) => void;
}

const reconnectMsMax = 30_000;
/** A camera's clock may run ahead by so much; beyond it the agent's own was set back. */
const overlapMsMax = 10_000;
/** No new connection mends these, and a wrong password tried again may lock the camera. */
const lasting: ReadonlySet<VideoFaultCode> = new Set(['not-h264', 'unsupported', 'no-entry']);

/**
 * Cuts a camera's video into fragments until it is told to stop, and connects again whenever the connection ends.
 * Throws `VideoFault` when trying again is of no use.
 */
export async function watchCamera(options: WatchOptions): Promise<void> {
  const { stop, reconnectMs = 1000, onEvent } = options;
  const line = new Line();
  for (let failures = 0; !stop.aborted; ) {
    const { fragments, fault } = await watchOnce(options, line);
    if (stop.aborted) return;
    if (lasting.has(fault.code)) throw fault;
    failures = fragments > 0 ? 1 : failures + 1;
    const retryMs = Math.min(reconnectMsMax, reconnectMs * 2 ** (failures - 1));
    onEvent?.({ kind: 'camera-lost', code: fault.code, retryMs });
    await delay(retryMs, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function watchOnce({ open, waiting, stop, onEvent }: WatchOptions, line: Line) {
  let fault = new VideoFault('cut', 'the camera ended its video');
  let fragments = 0;
  let video: LiveVideo | undefined;
  const onStop = () => void video?.close();
  try {
    video = await open(stop);
    stop.addEventListener('abort', onStop);
    if (stop.aborted) onStop();
    onEvent?.({ kind: 'camera-connected', width: video.track.width, height: video.track.height });
    const { startedAtMs } = video;
    const track = line.join(video);
    const frames = untilFault(line.after(video.frames(), startedAtMs), (error) => {
      fault = error;
    });
    for await (const fragment of fragmentsOf(frames, { startedAtMs })) {
      fragments++;
      line.reach(fragment.timecodeMs + fragment.lengthMs);
      waiting.push({ track, fragment });
    }
  } catch (error) {
    if (!(error instanceof VideoFault)) throw error;
    fault = error;
  } finally {
    stop.removeEventListener('abort', onStop);
    await video?.close();
  }
  return { fragments, fault };
}

/** What one connection continues of the connections before it. */
class Line {
  #track: VideoTrack | undefined;
  #endMs = Number.NEGATIVE_INFINITY;

  /** The track of the fragments before, where these may follow them in one session; else a new one. */
  join({ track, startedAtMs }: LiveVideo): VideoTrack {
    const isSame = this.#track?.codecPrivate.equals(track.codecPrivate) === true;
    const isSetBack = startedAtMs < this.#endMs - overlapMsMax;
    if (isSetBack) this.#endMs = Number.NEGATIVE_INFINITY;
    this.#track = isSame && !isSetBack && this.#track !== undefined ? this.#track : track;
    return this.#track;
  }

  reach(endMs: number): void {
    this.#endMs = Math.max(this.#endMs, endMs);
  }

  /** The stream takes no fragment that reaches back into another: begins at the first keyframe behind all of them. */
  async *after(frames: AsyncIterable<VideoFrame>, startedAtMs: number): AsyncGenerator<VideoFrame> {
    let isBehind = false;
    for await (const frame of frames) {
      isBehind ||= frame.isKeyframe && Math.round(startedAtMs + frame.atMs) > this.#endMs;
      if (isBehind) yield frame;
    }
  }
}

/** Ends with the fault instead of throwing it, so that the frames before it still become a fragment. */
async function* untilFault(
  frames: AsyncIterable<VideoFrame>,
  onFault: (fault: VideoFault) => void,
): AsyncGenerator<VideoFrame> {
  try {
    yield* frames;
  } catch (error) {
    if (!(error instanceof VideoFault)) throw error;
    onFault(error);
  }
}
