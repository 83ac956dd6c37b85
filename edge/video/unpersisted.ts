import type { Acknowledgement } from './acknowledgement';
import type { VideoFragment } from './fragments';

/**
 * Fragments that the cloud has not said it keeps, in the order of the video. One leaves with its PERSISTED
 * acknowledgement and not before, so that a cut connection loses none; none that left is ever sent again.
 */
export class UnpersistedFragments {
  readonly #fragments = new Map<number, VideoFragment>();
  #bytes = 0;
  #waiting: (() => void) | undefined;

  constructor(private readonly bytesMax: number) {}

  add(fragment: VideoFragment): void {
    this.#fragments.set(fragment.timecodeMs, fragment);
    this.#bytes += fragment.bytes.length;
  }

  /** Forgets a fragment; `undefined` when it was not there. */
  take(timecodeMs: number): VideoFragment | undefined {
    const fragment = this.#fragments.get(timecodeMs);
    if (fragment === undefined) return undefined;
    this.#fragments.delete(timecodeMs);
    this.#bytes -= fragment.bytes.length;
    this.#waiting?.();
    return fragment;
  }

  persisted({ kind, timecodeMs }: Acknowledgement): VideoFragment | undefined {
    return kind === 'persisted' && timecodeMs !== undefined ? this.take(timecodeMs) : undefined;
  }

  /** In order, as of now. */
  all(): readonly VideoFragment[] {
    return [...this.#fragments.values()];
  }

  get size(): number {
    return this.#fragments.size;
  }

  /** The bound is on what is held when the next fragment is asked for, so one fragment more may be held. */
  get hasRoom(): boolean {
    return this.#bytes < this.bytesMax;
  }

  /** Resolves when a fragment has left. */
  async room(): Promise<void> {
    while (!this.hasRoom) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
      this.#waiting = undefined;
    }
  }
}
