import type { OutsideListAnswer } from '../../contract/hot-list';
import type { OutsideListPointer } from '../lists';
import type { Changes } from './compare';
import type { OutsideListSource } from './outside-entry';

/** How an outside list stands. Stored whole, and only on the revision that it was decided on. */
export interface ListRecord {
  readonly list: string;
  /** 32 random bytes, hex, made once: entries get their ids of it. */
  readonly salt: string;
  readonly revision: number;
  readonly inForce?: InForce;
  readonly held?: HeldDelivery;
}

export interface InForce extends OutsideListPointer {
  /** SHA-256 of the file, hex: the same file again changes nothing. */
  readonly deliveryId: string;
  readonly switchedAtMs: number;
  readonly changes: Changes;
  readonly rows: number;
  readonly refusedRows: number;
}

/** A delivery that waits for a confirmation because it would remove too much. */
export interface HeldDelivery {
  readonly deliveryId: string;
  /** Where the file lies until it expires. */
  readonly upload: string;
  readonly arrivedAtMs: number;
  readonly entries: number;
  readonly removed: number;
  readonly isConfirmed: boolean;
}

const hourMs = 3_600_000;

/** Older than its source promised, or never delivered. */
export function isOverdue(
  source: Pick<OutsideListSource, 'refreshHours'>,
  record: ListRecord | undefined,
  nowMs: number,
): boolean {
  const deliveredAtMs = record?.inForce?.deliveredAtMs;
  return deliveredAtMs === undefined || nowMs - deliveredAtMs > source.refreshHours * hourMs;
}

/** A list as the API answers it: never a word of an entry. */
export function listAnswer(
  source: OutsideListSource,
  record: ListRecord | undefined,
  nowMs: number,
): OutsideListAnswer {
  const { inForce, held } = record ?? {};
  return {
    list: source.id,
    name: source.name,
    ...(inForce === undefined
      ? {}
      : { listVersion: inForce.listVersion, deliveredAt: new Date(inForce.deliveredAtMs).toISOString() }),
    entries: inForce?.entries ?? 0,
    added: inForce?.changes.added ?? 0,
    removed: inForce?.changes.removed ?? 0,
    changed: inForce?.changes.changed ?? 0,
    refusedRows: inForce?.refusedRows ?? 0,
    isOverdue: isOverdue(source, record, nowMs),
    ...(held === undefined
      ? {}
      : {
          held: {
            deliveryId: held.deliveryId,
            arrivedAt: new Date(held.arrivedAtMs).toISOString(),
            entries: held.entries,
            removed: held.removed,
          },
        }),
  };
}
