import { type ReceivedFragment, spanOf } from './fragment-splitter';
import type { ImageGeneration } from './image-settings';

export interface VideoStreamSettings {
  readonly name: string;
  /** 0: fragments are acknowledged as received, and kept by nobody. */
  readonly retentionHours: number;
  /** ARN or id of the key that encrypts the stream; absent: a key of AWS's own. */
  readonly keyId?: string;
  readonly mediaType?: string;
  readonly deviceName?: string;
}

export interface KeptFragment extends ReceivedFragment {
  /** Digits; a later fragment's is greater. */
  readonly number: string;
  readonly producerMs: number;
  readonly serverMs: number;
  readonly lengthMs: number;
}

/** Which of a fragment's two times a request goes by. */
export type TimeOrigin = 'PRODUCER_TIMESTAMP' | 'SERVER_TIMESTAMP';

const hourMs = 3_600_000;
const firstNumber = 91_343_852_333_181_432_392_682_062_600_000_000_000_000_000n;

/** A video stream and its fragments in order of arrival. It has no clock: callers say when. */
export class VideoStream {
  settings: VideoStreamSettings;
  imageGeneration: ImageGeneration | undefined;
  /** Until it is made, it takes neither video nor settings. */
  isActive = true;
  #fragments: KeptFragment[] = [];
  #count = 0n;

  constructor(
    readonly arn: string,
    settings: VideoStreamSettings,
    readonly createdAtMs: number,
  ) {
    this.settings = settings;
  }

  get fragments(): readonly KeptFragment[] {
    return this.#fragments;
  }

  get isPersistent(): boolean {
    return this.settings.retentionHours > 0;
  }

  /** Numbers the fragment, and keeps it where the stream keeps anything. */
  append(
    fragment: ReceivedFragment,
    { producerMs, serverMs }: { readonly producerMs: number; readonly serverMs: number },
  ): KeptFragment {
    const [firstMs, lastMs] = spanOf(fragment.frames);
    const number = String(firstNumber + ++this.#count);
    const kept = { ...fragment, number, producerMs, serverMs, lengthMs: lastMs - firstMs };
    if (this.isPersistent) this.#fragments.push(kept);
    return kept;
  }

  /** Forgets what is older than the retention period; gives the number of fragments forgotten. */
  expire(nowMs: number): number {
    const keptFromMs = nowMs - this.settings.retentionHours * hourMs;
    const before = this.#fragments.length;
    this.#fragments = this.#fragments.filter(({ serverMs }) => serverMs > keptFromMs);
    return before - this.#fragments.length;
  }
}

/** When each frame was taken, by the producer's or the service's clock, in the order of the payload. */
export function frameTimes(fragment: KeptFragment, origin: TimeOrigin): readonly number[] {
  const startMs = origin === 'PRODUCER_TIMESTAMP' ? fragment.producerMs : fragment.serverMs;
  return fragment.frames.map(({ atMs }) => startMs + atMs - fragment.timecodeMs);
}
