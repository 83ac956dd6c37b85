import { type Delivery, digestBytes, idBytes } from './gather';

/** Ids and digests of a delivery, both in the order of the ids. */
export type Standing = Pick<Delivery, 'ids' | 'digests'>;

export interface Changes {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

export function entriesOf({ ids }: Pick<Standing, 'ids'>): number {
  return ids.length / idBytes;
}

/** What a delivery would change, by one walk over both. */
export function compare(standing: Standing, delivery: Standing): Changes {
  const [before, after] = [entriesOf(standing), entriesOf(delivery)];
  const ids = comparing(standing.ids, delivery.ids, idBytes);
  const digests = comparing(standing.digests, delivery.digests, digestBytes);
  let [old, added, removed, changed] = [0, 0, 0, 0];
  for (let each = 0; each < after; each++) {
    while (old < before && ids(old, each) < 0) {
      removed++;
      old++;
    }
    if (old === before || ids(old, each) !== 0) added++;
    else {
      if (digests(old, each) !== 0) changed++;
      old++;
    }
  }
  return { added, removed: removed + before - old, changed };
}

function comparing(one: Uint8Array, other: Uint8Array, width: number) {
  const [a, b] = [bufferOf(one), bufferOf(other)];
  return (at: number, place: number) =>
    a.compare(b, place * width, (place + 1) * width, at * width, (at + 1) * width);
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

export type DeliveryDecision =
  | { readonly kind: 'switch' }
  /** It would remove more than the source's usual share: somebody looks at it first. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'refuse'; readonly because: string };

/** Whether a delivery takes effect by itself. `isConfirmed`: somebody looked at it and said yes. */
export function judgeDelivery(facts: {
  readonly delivery: Pick<Delivery, 'rows' | 'refusedRows' | 'entries'>;
  readonly standing: number;
  readonly changes: Changes;
  readonly removalShareMax: number;
  readonly isConfirmed: boolean;
}): DeliveryDecision {
  const { delivery, standing, changes, removalShareMax, isConfirmed } = facts;
  if (delivery.entries.length === 0)
    return { kind: 'refuse', because: 'no row of it is an entry: see the columns of the configuration' };
  if (delivery.refusedRows * 2 > delivery.rows)
    return { kind: 'refuse', because: 'more than half of its rows cannot be used' };
  if (!isConfirmed && changes.removed > standing * removalShareMax) return { kind: 'hold' };
  return { kind: 'switch' };
}
