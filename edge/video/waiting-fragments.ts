import { Arrivals } from './arrivals';
import type { VideoFragment } from './fragments';
import type { VideoTrack } from './video';

/** A fragment and what its session must have begun with: the same object for fragments that may share one. */
export interface LiveFragment {
  readonly track: VideoTrack;
  readonly fragment: VideoFragment;
}

/**
 * Live fragments for which the stream has no room yet. Beyond the bound the oldest are dropped, so that what is seen now
 * is not lost for what was seen before; with a fragment go those whose pictures hang on it. The newest is always kept.
 */
export class WaitingFragments {
  readonly #fragments = new Arrivals<LiveFragment>();
  #bytes = 0;
  #size = 0;

  constructor(
    private readonly bytesMax: number,
    private readonly onDropped: (fragment: VideoFragment) => void,
  ) {}

  push(live: LiveFragment): void {
    this.#fragments.push(live);
    this.#bytes += live.fragment.bytes.length;
    this.#size++;
    while (this.#size > 1 && (this.#bytes > this.bytesMax || this.#isFirstOrphaned)) this.#drop();
  }

  end(): void {
    this.#fragments.end();
  }

  /** The oldest, as soon as there is one; `undefined` after the end. */
  async next(): Promise<LiveFragment | undefined> {
    const live = await this.#fragments.next();
    if (live !== undefined) this.#leave(live);
    this.#hasDropped = false;
    return live;
  }

  #hasDropped = false;

  get #isFirstOrphaned(): boolean {
    return this.#hasDropped && this.#fragments.first?.fragment.isSampled === false;
  }

  #drop(): void {
    const live = this.#fragments.shift();
    if (live === undefined) return;
    this.#leave(live);
    this.#hasDropped = true;
    this.onDropped(live.fragment);
  }

  #leave({ fragment }: LiveFragment): void {
    this.#bytes -= fragment.bytes.length;
    this.#size--;
  }
}
