/** Items that come when they come, for one reader. What has come before the end is still given, then its error. */
export class Arrivals<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  /** After the end nothing comes any more. */
  push(item: T): void {
    if (this.#end !== undefined) return;
    this.#items.push(item);
    this.#wake?.();
  }

  /** The first end counts. */
  end(fault?: { readonly error: unknown }): void {
    this.#end ??= fault ?? {};
    this.#wake?.();
  }

  /** Of those that wait, the one that came first. */
  shift(): T | undefined {
    return this.#items.shift();
  }

  get first(): T | undefined {
    return this.#items[0];
  }

  /** Resolves with the next item, `undefined` at the end; rejects with the end's error. */
  async next(): Promise<T | undefined> {
    while (this.#items.length === 0 && this.#end === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    if (this.#items.length === 0 && this.#end !== undefined && 'error' in this.#end) throw this.#end.error;
    return this.#items.shift();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (let item = await this.next(); item !== undefined; item = await this.next()) yield item;
  }
}
