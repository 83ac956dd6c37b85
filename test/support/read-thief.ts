import { DecryptCommand } from '@aws-sdk/client-kms';
import { decodeRecord } from '../../core/reads/admit-record';
import { decodeRead } from '../../core/reads/sealed-read';
import { type CaptureDay, parseCaptureDay } from '../../core/retention/day';
import { DayKey } from '../../core/retention/day-key';
import type { RetentionWorld, Row } from './retention-world';

/** Where a read was recovered, by its id; a plate index gives no ids but days. */
export interface Loot {
  readonly reads: ReadonlyMap<string, ReadonlySet<string>>;
  /** Days of which something was opened, by store. */
  readonly days: ReadonlyMap<string, ReadonlySet<CaptureDay>>;
}

/**
 * Somebody inside who may do all that a keyholder may, and keeps every copy: rows as of every day (a recovery to any
 * point in time), objects with their old versions, and the key objects in the memory of functions, whose environments
 * nobody ends. Only wrapped keys he did not copy: that is the stated residue.
 */
export class ReadThief {
  readonly #rows = new Map<string, Map<string, Row>>();
  readonly #objects = new Map<string, Map<string, Buffer>>();
  readonly #unwrapped = new Map<CaptureDay, DayKey>();
  readonly #cached = new Map<CaptureDay, Set<DayKey>>();

  constructor(readonly world: RetentionWorld) {}

  /** Takes a copy of all stores, and hold of the keys that functions have in memory. */
  async copy(days: readonly CaptureDay[]): Promise<void> {
    const { world } = this;
    for (const [name, table] of Object.entries(world.tables)) {
      const kept = this.#rows.get(name) ?? new Map<string, Row>();
      this.#rows.set(name, kept);
      for (const row of await world.rows(table)) kept.set(JSON.stringify(row), row);
    }
    for (const name of ['images', 'plateIndex'] as const) {
      const kept = this.#objects.get(name) ?? new Map<string, Buffer>();
      this.#objects.set(name, kept);
      for (const { key, body } of world.s3.dump(world.buckets[name]))
        if (body.length > 0) kept.set(key, body);
    }
    for (const day of days)
      for (const keys of Object.values(world.warm)) {
        const key = await keys.forReading(day);
        if (key !== undefined) this.#cached.set(day, (this.#cached.get(day) ?? new Set()).add(key));
      }
  }

  /** Tries everything there is with every key that can be had now. */
  async recover(): Promise<Loot> {
    const reads = new Map<string, Set<string>>();
    const days = new Map<string, Set<CaptureDay>>();
    const found = (store: string, readId: string) =>
      reads.set(readId, (reads.get(readId) ?? new Set()).add(store));
    const keys = await this.#keys();
    const open = (store: string, at: { day: CaptureDay; sealed: Uint8Array; context: string }) => {
      for (const key of [...(keys.get(at.day) ?? []), ...(this.#cached.get(at.day) ?? [])])
        try {
          const opened = key.open(at.sealed, at.context);
          days.set(store, (days.get(store) ?? new Set()).add(at.day));
          return opened;
        } catch {
          // Not this key, or it is gone: the next one.
        }
      return undefined;
    };
    for (const [store, rows] of this.#rows)
      for (const row of rows.values()) {
        const day = parseCaptureDay(row.day?.S ?? '');
        const sealed = row.sealed?.B;
        if (day === undefined || sealed === undefined) continue;
        const opened = open(store, { day, sealed, context: contextOf(store, day, row) });
        if (opened !== undefined) for (const readId of readIdsIn(store, opened)) found(store, readId);
      }
    for (const [store, objects] of this.#objects)
      for (const [name, sealed] of objects) {
        const day = parseCaptureDay(name.slice(0, 10));
        if (day === undefined) continue;
        const opened = open(store, {
          day,
          sealed,
          context: store === 'images' ? name : `plate-index|${name}`,
        });
        if (opened !== undefined && store === 'images') found(store, name.split('/')[1] ?? '');
      }
    for (const { store, source, bytes } of await this.#inClear()) {
      const decoded = decodeRecord(source, bytes);
      if (decoded.kind === 'decoded') for (const { read } of decoded.reads) found(store, read.readId);
    }
    return { reads, days };
  }

  /** As a keyholder unwraps them at this moment. They ignore every clock. */
  async #keys(): Promise<ReadonlyMap<CaptureDay, readonly DayKey[]>> {
    const standing = new Map<CaptureDay, readonly DayKey[]>();
    for (const row of await this.world.rows('DayKeys')) {
      const day = parseCaptureDay(row.day?.S ?? '');
      const wrapped = row.wrappedKey?.B;
      if (day !== undefined && wrapped !== undefined) standing.set(day, [await this.#unwrap(day, wrapped)]);
    }
    return standing;
  }

  /** Unwrapped once, and used only while the row still stands: unwrapping it again would give the same bytes. */
  async #unwrap(day: CaptureDay, wrapped: Uint8Array): Promise<DayKey> {
    const before = this.#unwrapped.get(day);
    if (before !== undefined) return before;
    const { Plaintext } = await this.world.kms.send(
      new DecryptCommand({ CiphertextBlob: wrapped, EncryptionContext: { day } }),
    );
    if (Plaintext === undefined) throw new Error('KMS gave no key');
    const key = new DayKey({
      day,
      bytes: Plaintext,
      expiresAtMs: Number.POSITIVE_INFINITY,
      now: () => 0,
      randomBytes: (size) => new Uint8Array(size),
    });
    this.#unwrapped.set(day, key);
    return key;
  }

  async #inClear() {
    const { world } = this;
    const lying = (['failures', 'frames'] as const).flatMap((store) =>
      world.s3
        .dump(world.buckets[store])
        .map(({ body }) => ({ store, source: 'camera' as const, bytes: new Uint8Array(body) })),
    );
    return [...lying, ...(await world.streamed()).map((each) => ({ store: 'streams', ...each }))];
  }
}

function contextOf(store: string, day: CaptureDay, row: Row): string {
  if (store === 'reads') return `read|${day}|${row.placeTime?.S}`;
  if (store === 'quarantine') return `quarantine|${day}|${row.arrival?.S}`;
  if (store === 'answers') return `search|${row.searchId?.S}|${row.item?.S}`;
  return `alert|${day}|${row.alertId?.S}`;
}

/** Where a page of a search begins gives no id, only its day. */
function readIdsIn(store: string, opened: Uint8Array): readonly string[] {
  if (store === 'reads' || store === 'quarantine') return [decodeRead(opened).readId];
  const content: unknown = JSON.parse(Buffer.from(opened).toString());
  return [content].flat().flatMap((each) => {
    const { readId } = each as { readonly readId?: unknown };
    return readId === undefined ? [] : [String(readId)];
  });
}
