import type { Entry } from './entry';
import type { ListedVehicle } from './listed-vehicle';

/** An outside list as it stands: the delivery in force, and where its files lie. Switched in one step. */
export interface OutsideListPointer {
  readonly list: string;
  readonly listName: string;
  /** Raised with each delivery that took effect. */
  readonly listVersion: string;
  /** When the source made the delivery, else when it arrived; milliseconds since the epoch. */
  readonly deliveredAtMs: number;
  readonly entries: number;
  /** Object keys of the packed index and of the entries' details. */
  readonly snapshotKey: string;
  readonly detailsKey: string;
}

/** Every hot list in force, as a matcher needs them. All of it is strongly consistent. */
export interface HotLists {
  /** Raised by every change of a custom entry and every switch of an outside list; equal versions mean equal lists. */
  version(): Promise<number>;
  customEntries(): Promise<readonly Entry[]>;
  outsideLists(): Promise<readonly OutsideListPointer[]>;
  /** The packed index of a delivery (core/hot-list/index). */
  snapshot(pointer: OutsideListPointer): Promise<Uint8Array>;
  /** The custom entry as it stands at this moment; `undefined`: not active, or no longer there. */
  confirmCustom(entryId: string, nowMs: number): Promise<ListedVehicle | undefined>;
  /** The entry at that place of a delivery; `undefined`: another delivery is in force by now. */
  confirmOutside(pointer: OutsideListPointer, ordinal: number): Promise<ListedVehicle | undefined>;
}
