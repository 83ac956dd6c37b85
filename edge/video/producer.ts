import { setTimeout as delay } from 'node:timers/promises';
import { type Acknowledgement, meaningOf } from './acknowledgement';
import type { VideoFragment } from './fragments';
import type { MediaSession, OpenSession } from './put-media';
import { UnpersistedFragments } from './unpersisted';
import { VideoFault } from './video';

export interface ProducerOptions {
  /** What each session begins with. */
  readonly header: Buffer;
  readonly fragments: AsyncIterable<VideoFragment>;
  readonly openSession: OpenSession;
  /** Sent and not yet known to be kept: beyond this no further fragment is taken; 64 MiB by default. */
  readonly bufferBytesMax?: number;
  /** Sessions in a row that end without a fragment having been persisted; 6 by default. */
  readonly failuresMax?: number;
  /** Between such sessions; doubles to at most 10 seconds; 500 by default. */
  readonly backoffMs?: number;
  /** Between fragments: Kinesis Video takes 5 a second; 200 by default. */
  readonly intervalMs?: number;
  readonly onPersisted?: (fragment: VideoFragment) => void;
}

export interface ProducerCounts {
  readonly fragments: number;
  readonly frames: number;
  /** Fragments that the service would not take, for what is in them. */
  readonly rejected: number;
  /** That the service let in. */
  readonly sessions: number;
}

const backoffMsMax = 10_000;

/**
 * Puts fragments on a stream until they end and each is persisted or rejected. After a cut a new session begins with
 * what was not acknowledged as persisted, and with nothing else; a fragment that was persisted while its acknowledgement
 * was lost comes twice, with the same timecode. Throws `VideoFault`: `out-of-reach`, or `refused` by the stream itself.
 */
export async function produceVideo(options: ProducerOptions): Promise<ProducerCounts> {
  const { failuresMax = 6, backoffMs = 500 } = options;
  const producer = new Producer(options);
  for (let failures = 0; ; ) {
    const before = producer.settled;
    const cause = await producer.runSession();
    if (cause === 'done') return producer.counts();
    failures = producer.settled > before ? 0 : failures + 1;
    if (failures >= failuresMax)
      throw new VideoFault('out-of-reach', 'the video stream takes nothing', { cause });
    if (failures > 0) await delay(Math.min(backoffMsMax, backoffMs * 2 ** (failures - 1)));
  }
}

class Producer {
  readonly #options: ProducerOptions;
  readonly #unpersisted: UnpersistedFragments;
  readonly #source: AsyncIterator<VideoFragment>;
  /** Asked for and not yet there; outlives a session, so that a cut loses nothing of the source. */
  #next: Promise<IteratorResult<VideoFragment>> | undefined;
  #isSourceDone = false;
  #refusal: VideoFault | undefined;
  readonly #counts = { fragments: 0, frames: 0, rejected: 0, sessions: 0 };

  constructor(options: ProducerOptions) {
    this.#options = options;
    this.#unpersisted = new UnpersistedFragments(options.bufferBytesMax ?? 64 * 1024 * 1024);
    this.#source = options.fragments[Symbol.asyncIterator]();
  }

  /** Fragments whose fate is known. */
  get settled(): number {
    return this.#counts.fragments + this.#counts.rejected;
  }

  counts(): ProducerCounts {
    return { ...this.#counts };
  }

  /** Gives `done`, or what ended the session before that. Throws what no new session can mend. */
  async runSession(): Promise<unknown> {
    let session: MediaSession | undefined;
    let cause: unknown;
    try {
      session = await this.#options.openSession((acknowledgement) => this.#hear(acknowledgement));
      await this.#send(session);
    } catch (error) {
      if (error instanceof VideoFault) {
        session?.abort();
        throw error;
      }
      cause = error;
      session?.abort();
    }
    // The last acknowledgements of a cut session still count, before anything is sent again.
    const fault = await session?.closed;
    if (session !== undefined && fault === undefined) this.#counts.sessions++;
    if (this.#refusal !== undefined) throw this.#refusal;
    const isDone = this.#isSourceDone && this.#unpersisted.size === 0;
    return isDone
      ? 'done'
      : (fault ?? cause ?? new Error('the session ended before everything was persisted'));
  }

  async #send(session: MediaSession): Promise<void> {
    const { header, intervalMs = 200 } = this.#options;
    let isClosed = false;
    const closed = session.closed.then(() => {
      isClosed = true;
    });
    await session.write(header);
    for (const fragment of this.#unpersisted.all()) {
      if (isClosed) return;
      await session.write(fragment.bytes);
      if (intervalMs > 0) await delay(intervalMs);
    }
    while (!this.#isSourceDone) {
      await Promise.race([this.#unpersisted.room(), closed]);
      if (isClosed) return;
      this.#next ??= this.#source.next();
      const next = await Promise.race([this.#next, closed]);
      if (next === undefined) return;
      this.#next = undefined;
      if (next.done === true) {
        this.#isSourceDone = true;
        break;
      }
      this.#unpersisted.add(next.value);
      await session.write(next.value.bytes);
      if (intervalMs > 0) await delay(intervalMs);
    }
    session.end();
  }

  #hear(acknowledgement: Acknowledgement): void {
    const fragment = this.#unpersisted.persisted(acknowledgement);
    if (fragment !== undefined) {
      this.#counts.fragments++;
      this.#counts.frames += fragment.frames;
      this.#options.onPersisted?.(fragment);
    }
    if (acknowledgement.kind !== 'error') return;
    const { timecodeMs, errorId } = acknowledgement;
    const meaning = meaningOf(acknowledgement);
    if (meaning === 'stream')
      this.#refusal = new VideoFault('refused', `the stream refused: error ${errorId}`);
    if (meaning !== 'fragment' || timecodeMs === undefined) return;
    if (this.#unpersisted.take(timecodeMs) !== undefined) this.#counts.rejected++;
  }
}
