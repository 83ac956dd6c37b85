/** Who waits for messages of which queue. */
export class Arrivals {
  readonly #listeners = new Map<string, Set<() => void>>();
  #isEnded = false;

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Returns how to stop. */
  on(queueName: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(queueName) ?? new Set();
    this.#listeners.set(queueName, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  tell(queueName: string): void {
    for (const listener of [...(this.#listeners.get(queueName) ?? [])]) listener();
  }

  /** Everybody who waits looks once more; after this nobody waits. */
  end(): void {
    this.#isEnded = true;
    for (const name of this.#listeners.keys()) this.tell(name);
  }

  /** Resolves at the next message or after `timeoutMs` of real time. */
  async next(queueName: string, timeoutMs: number): Promise<void> {
    if (this.#isEnded) return;
    await new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(finish, timeoutMs);
      const stop = this.on(queueName, finish);
    });
  }
}
