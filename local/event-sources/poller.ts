import type { Authorize, Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import type { Clock } from '../clock';
import type { Deliveries } from '../lambda/deliveries';
import type { InvocationResult } from '../lambda/invoke';
import type { Wakeup } from './wakeup';

/** Real time that pollers spend waiting; none of it moves the virtual clock. */
export interface Timing {
  /** Between two looks at a shard without enhanced fan-out. */
  readonly pollIntervalMs: number;
  /** First wait before a retry; doubled each time up to the longest. */
  readonly retryDelayMs: number;
  readonly retryDelayMsMax: number;
  /** Longest wait for a batching window to close; earlier when the virtual clock reaches its end. */
  readonly windowMsMax: number;
}

export const defaultTiming: Timing = {
  pollIntervalMs: 1_000,
  retryDelayMs: 50,
  retryDelayMsMax: 1_000,
  windowMsMax: 200,
};

/** What a mapping has done so far. */
export interface Counters {
  /** Handed over and not reported as failed. */
  records: number;
  invocations: number;
  retries: number;
  /** Skipped by the filter. */
  filtered: number;
  /** Given up: too old or retried too often; sent to the failure destination if there is one. */
  discarded: number;
  /** Gone from the stream before they could be handed over. */
  expired: number;
}

export const newCounters = (): Counters => ({
  records: 0,
  invocations: 0,
  retries: 0,
  filtered: 0,
  discarded: 0,
  expired: 0,
});

export function sumOf(all: readonly Counters[]): Counters {
  const sum = newCounters();
  for (const counters of all) {
    sum.records += counters.records;
    sum.invocations += counters.invocations;
    sum.retries += counters.retries;
    sum.filtered += counters.filtered;
    sum.discarded += counters.discarded;
    sum.expired += counters.expired;
  }
  return sum;
}

/** What a poller needs of the world, the same for every poller of one mapping. */
export interface PollerContext {
  readonly clock: Clock;
  readonly region: string;
  readonly timing: Timing;
  readonly authorize: Authorize;
  /** The function's role, as which everything is read. */
  readonly caller: Caller;
  readonly functionArn: string;
  readonly invoke: (payload: unknown) => Promise<InvocationResult>;
  readonly deliveries: Deliveries;
  readonly counters: Counters;
  /** Cuts short the wait for something to read. */
  readonly wakeup: Wakeup;
  /** Cuts short the wait before a retry; only a stop does. */
  readonly stopping: Wakeup;
  /** Why the mapping stands still (no permission, say); `undefined` once it goes on. */
  readonly report: (problem: string | undefined) => void;
  readonly isStopped: () => boolean;
}

/** The count of failures from which on the wait is the longest. */
export const longestBackOff = 16;

/** Waits before a retry: doubled with each failure, up to the longest. */
export function backOff({ timing, stopping }: PollerContext, failures: number): Promise<void> {
  const delayMs = timing.retryDelayMs * 2 ** Math.min(failures, longestBackOff);
  return stopping.wait(Math.min(delayMs, timing.retryDelayMsMax));
}

/** Invokes, waiting out throttling, which uses up no retry. `undefined` when stopped meanwhile. */
export async function invokeUnthrottled(
  context: PollerContext,
  payload: unknown,
): Promise<InvocationResult | undefined> {
  for (let throttled = 0; !context.isStopped(); throttled += 1) {
    try {
      const result = await context.invoke(payload);
      context.counters.invocations += 1;
      return result;
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'TooManyRequestsException') throw error;
      await backOff(context, throttled);
    }
  }
  return undefined;
}

/** Waits until a batching window closes: at its virtual end, when `isFull`, or after the longest real wait. */
export async function windowClosed(
  { clock, timing, wakeup, isStopped }: PollerContext,
  windowSeconds: number,
  isFull: () => boolean,
): Promise<void> {
  const endsAtMs = clock.now() + windowSeconds * 1000;
  const realEndMs = performance.now() + timing.windowMsMax;
  const stepMs = 20;
  while (!isStopped() && clock.now() < endsAtMs && performance.now() < realEndMs && !isFull()) {
    await wakeup.wait(stepMs);
  }
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
