import { setTimeout as delay } from 'node:timers/promises';

/** Given in place of an item when something has waited long enough. */
export const stillWaiting = Symbol('still waiting');

/**
 * The items of a source, with `stillWaiting` between them as soon as something has waited for `waitMaxMs`, whether the
 * source pauses or goes on. Asks for an item only when the one before was dealt with.
 */
export async function* withPauses<T>(
  source: AsyncIterable<T>,
  { waitMaxMs, isWaiting }: { waitMaxMs: number; isWaiting: () => boolean },
): AsyncGenerator<T | typeof stillWaiting> {
  const items = source[Symbol.asyncIterator]();
  let timer: Timer | undefined;
  let next: Promise<IteratorResult<T>> | undefined;
  try {
    for (;;) {
      if (isWaiting()) timer ??= startTimer(waitMaxMs);
      next ??= items.next();
      const first = timer === undefined ? await next : await Promise.race([timer.rang, next]);
      if (first === 'rang') {
        timer = undefined;
        yield stillWaiting;
        continue;
      }
      next = undefined;
      if (first.done === true) return;
      yield first.value;
      if (!isWaiting()) timer = timer?.stop();
    }
  } finally {
    timer?.stop();
    // A source that hangs must not keep a failed agent from ending, so neither promise is waited for.
    next?.catch(() => undefined);
    items.return?.()?.catch(() => undefined);
  }
}

interface Timer {
  readonly rang: Promise<'rang'>;
  stop(): undefined;
}

function startTimer(ms: number): Timer {
  const aborter = new AbortController();
  const rang = delay(ms, 'rang' as const, { signal: aborter.signal }).catch(() => 'rang' as const);
  return {
    rang,
    stop() {
      aborter.abort();
      return undefined;
    },
  };
}
