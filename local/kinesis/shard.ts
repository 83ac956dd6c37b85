export interface KinesisRecord {
  /** Position in its shard; keeps counting when older records are gone. */
  readonly index: number;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Base64, as it was put and as it is handed out: turning it over twice would be most of the cost of a put. */
  readonly data: string;
  /** Of the data and the partition key, as Kinesis counts towards its limits. */
  readonly sizeBytes: number;
  readonly arrivedAtMs: number;
}

/** One shard: records in order of arrival, the old ones dropped. */
export class Shard {
  /** Index of `records[0]`. */
  #first = 0;
  #records: KinesisRecord[] = [];

  constructor(
    readonly id: string,
    readonly hashKeys: { readonly first: bigint; readonly last: bigint },
  ) {}

  /** Index of the oldest record that is still there. */
  get firstIndex(): number {
    return this.#first;
  }

  /** Index that the next record will get. */
  get nextIndex(): number {
    return this.#first + this.#records.length;
  }

  append(record: Omit<KinesisRecord, 'index'>): KinesisRecord {
    const placed = { ...record, index: this.nextIndex };
    this.#records.push(placed);
    return placed;
  }

  /** At most `limit` records from `index` on; from the oldest one where `index` is already gone. */
  slice(index: number, limit: number): readonly KinesisRecord[] {
    const start = Math.max(0, index - this.#first);
    return this.#records.slice(start, start + limit);
  }

  /** Index of the first record that satisfies an ordered condition; `nextIndex` when none does. */
  firstWhere(isAtOrAfter: (record: KinesisRecord) => boolean): number {
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = this.#records[middle];
      if (record !== undefined && isAtOrAfter(record)) high = middle;
      else low = middle + 1;
    }
    return this.#first + low;
  }

  /** Drops every record that arrived before `fromMs`. */
  dropBefore(fromMs: number): void {
    const oldest = this.#records[0];
    if (oldest === undefined || oldest.arrivedAtMs >= fromMs) return;
    const keptFrom = this.firstWhere((record) => record.arrivedAtMs >= fromMs);
    this.#records = this.#records.slice(keptFrom - this.#first);
    this.#first = keptFrom;
  }
}
