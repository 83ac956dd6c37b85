import type { EventKey } from './head';

/** The row of an event that has its place in the log. */
export interface SealedRow {
  readonly key: EventKey;
  readonly logIndex: number;
  /** What opens the place; absent of one that was redacted. */
  readonly opening?: { readonly event: string; readonly commitmentKey: Uint8Array };
  /** Of one that was redacted: the hash that stands in the log. */
  readonly leaf?: Uint8Array;
}

/** Rows by the place of their event. */
export interface SealedRows {
  /** As the row stands now; `undefined` where no row says that it is there. */
  find(logIndex: number): Promise<SealedRow | undefined>;
  /** Destroys what opens the place and keeps the hash. Emptying an empty one changes nothing. */
  empty(row: SealedRow, leaf: Uint8Array): Promise<void>;
}
