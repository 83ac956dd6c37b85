import type { Gathering } from './gather';
import type { ListRecord } from './list-record';
import type { OutsideListSource } from './outside-entry';

/** How outside lists stand; every read is strongly consistent. */
export interface ListRecords {
  find(list: string): Promise<ListRecord | undefined>;
  /**
   * Stores a record on the revision before it; `switches`: raises the version of all hot lists in the same step.
   * `conflict`: somebody else changed it meanwhile.
   */
  store(record: ListRecord, options: { readonly switches: boolean }): Promise<'stored' | 'conflict'>;
}

/** A file as it was uploaded. */
export interface Upload {
  readonly list: string;
  readonly name: string;
}

export interface Uploads {
  /**
   * Feeds every row of the file into `into`. `gone`: the file expired or was never there; `unreadable`: it is not in
   * the form that the list's source promised.
   */
  gather(
    upload: Upload,
    source: OutsideListSource,
    into: Gathering,
  ): Promise<
    | { readonly kind: 'gathered'; readonly deliveryId: string; readonly deliveredAtMs: number }
    | { readonly kind: 'gone' }
    | { readonly kind: 'unreadable'; readonly because: string }
  >;
}

/** The files of deliveries: written once, never changed. */
export interface ListFiles {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** `undefined`: it expired, because no delivery came for too long. */
  get(key: string): Promise<Uint8Array | undefined>;
}
