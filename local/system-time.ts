import type { VirtualClock } from './virtual-clock';

/**
 * For long stretches in which nothing happens: schedules that run more often than hourly run once in each span. All
 * others run at every occasion.
 */
export interface Thinning {
  readonly thinnedToMs?: number;
}

/** What happens at set times. */
export interface Schedules<Due extends { readonly atMs: number }> {
  /** Due after `fromMs` and up to `toMs`, in order of time. */
  dueBetween(fromMs: number, toMs: number, options?: Thinning): readonly Due[];
  /** Resolves when it is done, well or badly. */
  fire(due: Due): Promise<unknown>;
}

export interface TimelineOptions<Due extends { readonly atMs: number }> {
  readonly clock: VirtualClock;
  readonly schedules: Schedules<Due>;
  /** The clock was moved: whoever keeps a time of his own follows. */
  readonly onMoved: () => void;
  /** Deletes what is past its time. */
  readonly sweep: (nowMs: number) => Promise<void>;
}

const hourMs = 3_600_000;
const tickMs = 1_000;

/**
 * Takes the system through time without leaving anything out: each schedule fires at its own time and is awaited, in
 * order, and what has expired is swept at every full hour and at the end of each advance.
 */
export class Timeline<Due extends { readonly atMs: number }> {
  readonly #options: TimelineOptions<Due>;
  readonly #timer: NodeJS.Timeout;
  /** Everything up to here has happened. */
  #cursorMs: number;
  #last: Promise<void> = Promise.resolve();

  constructor(options: TimelineOptions<Due>) {
    this.#options = options;
    this.#cursorMs = options.clock.now();
    this.#timer = setInterval(
      () => void this.#enqueue(() => options.clock.now(), { sweepsAtEnd: false, thinning: {} }),
      tickMs,
    );
    this.#timer.unref();
  }

  /** Moves on by `ms` of virtual time. Calls run one after the other. */
  advance(ms: number, thinning: Thinning = {}): Promise<void> {
    if (!(ms >= 0)) throw new RangeError(`time runs forward only, not by ${ms} ms`);
    return this.#enqueue(() => this.#options.clock.now() + ms, { sweepsAtEnd: true, thinning });
  }

  /** Resolves when what was under way is done. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#last;
  }

  #enqueue(target: () => number, how: { sweepsAtEnd: boolean; thinning: Thinning }): Promise<void> {
    const run = this.#last.then(() => this.#runTo(target(), how));
    this.#last = run.catch(() => undefined);
    return run;
  }

  async #runTo(
    targetMs: number,
    { sweepsAtEnd, thinning }: { sweepsAtEnd: boolean; thinning: Thinning },
  ): Promise<void> {
    const { schedules, sweep } = this.#options;
    while (this.#cursorMs < targetMs) {
      const nextHourMs = (Math.floor(this.#cursorMs / hourMs) + 1) * hourMs;
      const stopMs = Math.min(nextHourMs, targetMs);
      for (const due of schedules.dueBetween(this.#cursorMs, stopMs, thinning)) {
        this.#moveTo(due.atMs);
        await schedules.fire(due);
      }
      this.#moveTo(stopMs);
      this.#cursorMs = stopMs;
      if (stopMs === nextHourMs) await sweep(stopMs);
    }
    if (sweepsAtEnd) await sweep(targetMs);
  }

  #moveTo(ms: number): void {
    this.#options.clock.advanceTo(ms);
    this.#options.onMoved();
  }
}
