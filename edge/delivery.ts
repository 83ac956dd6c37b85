import type { Deliver } from './agent';
import type { SendRecords } from './kinesis-sender';
import type { Spool } from './spool';

export interface DeliveryOptions {
  readonly send: SendRecords;
  readonly spool: Spool;
  readonly clock: () => number;
  /** After the stream did not take an envelope, it is left alone for this long; 30 seconds by default. */
  readonly pauseMs?: number;
}

/**
 * Sends each envelope at once and, while the stream takes them, what has waited in the spool as well. What the stream
 * does not take goes to the spool, and so does all that follows during the pause, so that a camera out of reach goes on
 * reading. The new envelope goes first: an alert is worth most when it is fresh.
 */
export function createDelivery({ send, spool, clock, pauseMs = 30_000 }: DeliveryOptions): Deliver {
  let mayBeWaiting = true;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  return async (envelope) => {
    const isPaused = clock() < pausedUntilMs;
    if (isPaused || (await send([envelope])).length > 0) {
      await spool.put(envelope);
      mayBeWaiting = true;
      if (!isPaused) pausedUntilMs = clock() + pauseMs;
      return 'spooled';
    }
    if (mayBeWaiting) mayBeWaiting = (await spool.drain(send)) > 0;
    return 'sent';
  };
}
