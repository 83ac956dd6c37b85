import { setTimeout as delay } from 'node:timers/promises';
import type { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import type { VideoFragment } from './fragments';
import { type CameraEvent, type WatchOptions, watchCamera } from './live-fragments';
import { sessionHeader } from './media-writer';
import { type ProducerOptions, produceVideo } from './producer';
import { type MediaSession, type OpenSession, putMediaSessions } from './put-media';
import type { CameraAddress } from './rtsp/address';
import { openRtsp, type RtspOptions } from './sources/rtsp';
import { VideoFault } from './video';
import { type LiveFragment, WaitingFragments } from './waiting-fragments';

/** `stream-lost` names the error, and none of its text. */
export type LiveEvent =
  | CameraEvent
  | { readonly kind: 'stream-lost'; readonly error: string }
  | { readonly kind: 'fragment-dropped'; readonly timecodeMs: number; readonly lengthMs: number };

export interface StreamLiveOptions
  extends Pick<ProducerOptions, 'bufferBytesMax' | 'backoffMs' | 'intervalMs' | 'onPersisted'>,
    Pick<WatchOptions, 'reconnectMs'>,
    Pick<RtspOptions, 'openingMsMax' | 'silenceMsMax'> {
  readonly client: KinesisVideoClient;
  readonly streamName: string;
  readonly camera: CameraAddress;
  readonly clock: () => number;
  /** Told to stop. */
  readonly signal: AbortSignal;
  /** For what the stream has no room yet, beyond `bufferBytesMax`; the oldest go first; 64 MiB by default. */
  readonly waitingBytesMax?: number;
  /** How long the end waits for what the stream has not acknowledged; 10 seconds by default. */
  readonly stopMsMax?: number;
  readonly onEvent?: (event: LiveEvent) => void;
}

export interface LiveCounts {
  /** Persisted. */
  readonly fragments: number;
  readonly frames: number;
  /** For which there was no room. */
  readonly dropped: number;
  /** Rejected by the stream, or not acknowledged when the end came. */
  readonly unkept: number;
}

/**
 * Puts a camera's video on a stream until it is told to stop. Camera and stream may both come and go: each is tried
 * again without end, with at most 30 and 10 seconds between the tries. Throws `VideoFault` where trying again is of no
 * use, after what the camera gave before was put on the stream.
 */
export async function streamLive(options: StreamLiveOptions): Promise<LiveCounts> {
  const counts = { made: 0, fragments: 0, frames: 0, dropped: 0 };
  const { camera, clock, onEvent, openingMsMax, silenceMsMax, reconnectMs } = options;
  const waiting = new WaitingFragments(
    options.waitingBytesMax ?? 64 * 1024 * 1024,
    ({ timecodeMs, lengthMs }) => {
      counts.dropped++;
      onEvent?.({ kind: 'fragment-dropped', timecodeMs, lengthMs });
    },
  );
  const sending = new AbortController();
  const limits = {
    ...(openingMsMax === undefined ? {} : { openingMsMax }),
    ...(silenceMsMax === undefined ? {} : { silenceMsMax }),
  };
  const watching = watchCamera({
    open: (signal) => openRtsp({ address: camera, clock, signal, ...limits }),
    waiting: {
      push(live) {
        counts.made++;
        waiting.push(live);
      },
    },
    stop: AbortSignal.any([options.signal, sending.signal]),
    ...(reconnectMs === undefined ? {} : { reconnectMs }),
    ...(onEvent === undefined ? {} : { onEvent }),
  }).finally(() => waiting.end());
  const sessions = new Sessions(options);
  const onPersisted = (fragment: VideoFragment) => {
    counts.fragments++;
    counts.frames += fragment.frames;
    options.onPersisted?.(fragment);
  };
  try {
    await Promise.race([
      sendAll(waiting, { ...options, sessions, onPersisted }),
      tooLate(watching, { ...options, signal: sending.signal }),
    ]);
  } finally {
    sessions.end();
    sending.abort();
    await watching;
  }
  const { made, ...told } = counts;
  return { ...told, unkept: made - told.fragments - told.dropped };
}

/** A session of the stream begins with its track, so each track has sessions of its own. */
async function sendAll(
  waiting: WaitingFragments,
  options: StreamLiveOptions & { sessions: Sessions; onPersisted: (fragment: VideoFragment) => void },
): Promise<void> {
  let first = await waiting.next();
  while (first !== undefined) {
    const { track, fragment } = first;
    const run: Run = { next: first };
    await produceVideo({
      ...options,
      failuresMax: Number.POSITIVE_INFINITY,
      header: sessionHeader(track),
      fragments: fragmentsOfTrack(waiting, run),
      openSession: options.sessions.opening(fragment.timecodeMs),
    });
    first = run.next;
  }
}

interface Run {
  next: LiveFragment | undefined;
}

/** Leaves the first fragment of another track behind in `run`. */
async function* fragmentsOfTrack(waiting: WaitingFragments, run: Run): AsyncGenerator<VideoFragment> {
  const track = run.next?.track;
  while (run.next !== undefined && run.next.track === track) {
    yield run.next.fragment;
    run.next = await waiting.next();
  }
}

/** Resolves when nothing new comes and the stream has had its time. */
async function tooLate(
  watching: Promise<void>,
  { stopMsMax = 10_000, signal }: { readonly stopMsMax?: number; readonly signal: AbortSignal },
): Promise<void> {
  await watching.catch(() => undefined);
  await delay(stopMsMax, undefined, { signal }).catch(() => undefined);
}

class Sessions {
  #isOver = false;
  #current: MediaSession | undefined;

  constructor(private readonly options: StreamLiveOptions) {}

  opening(startedAtMs: number): OpenSession {
    const { client, streamName, onEvent } = this.options;
    const open = putMediaSessions({ client, streamName, startedAtMs });
    const report = (error: unknown) =>
      onEvent?.({ kind: 'stream-lost', error: error instanceof Error ? error.name : 'unknown' });
    return async (onAcknowledgement) => {
      if (this.#isOver) throw new VideoFault('out-of-reach', 'the agent was told to stop');
      const session = await open(onAcknowledgement).catch((error: unknown) => {
        report(error);
        throw error;
      });
      session.closed.then((refusal) => refusal !== undefined && report(refusal));
      if (this.#isOver) session.abort();
      this.#current = session;
      return session;
    };
  }

  end(): void {
    this.#isOver = true;
    this.#current?.abort();
  }
}
