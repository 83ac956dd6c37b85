/** A store did not do what was asked of it, after every retry. The cause is kept; no content is in the message. */
export class StoreError extends Error {
  constructor(
    readonly code: 'unavailable' | 'unprocessed' | 'malformed',
    readonly store: string,
    options?: { cause?: unknown },
  ) {
    super(`${store}: ${code}`, options);
    this.name = 'StoreError';
  }
}

/** Runs one call of a store's client; what it throws becomes a `StoreError`. */
export async function fromStore<T>(store: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw cause instanceof StoreError ? cause : new StoreError('unavailable', store, { cause });
  }
}
