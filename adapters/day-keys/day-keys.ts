import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import { type CaptureDay, captureDay, dayMs, forgottenAtMs, isForgotten } from '../../core/retention/day';
import { DayKey, type RandomBytes } from '../../core/retention/day-key';
import type { DayKeys } from '../../core/retention/ports';
import { type KeyRow, KeyRows } from './key-rows';
import { KeyWrap } from './key-wrap';

export interface DayKeysOptions {
  readonly dynamo: DynamoDBClient;
  readonly kms: KMSClient;
  readonly table: string;
  /** The KMS key that wraps day keys. */
  readonly wrappingKeyId: string;
  readonly retentionDays: number;
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  /** How long a cached key is used before the table is asked again whether the day still has one. */
  readonly confirmEveryMs?: number;
}

interface Cached {
  readonly key: DayKey;
  confirmedAtMs: number;
}

type Underway = Map<CaptureDay, Promise<DayKey | undefined>>;

/** All days of a retention of 30 days, today, tomorrow (clocks), and slack. */
const cachedKeysMax = 40;
const confirmEveryMs = 60_000;

/**
 * The day keys of the table DayKeys, unwrapped by KMS. A key in memory is dropped at its hour, and within a minute of
 * its row becoming a tombstone. Throws `StoreError` when the table or KMS cannot be asked: then nothing is read or
 * written, cached or not, once the last confirmation is a minute old.
 */
export class StoredDayKeys implements DayKeys {
  readonly #options: DayKeysOptions;
  readonly #rows: KeyRows;
  readonly #wrap: KeyWrap;
  readonly #cache = new Map<CaptureDay, Cached>();
  /** Callers that come while a look-up is under way share it. */
  readonly #finding: Underway = new Map();
  readonly #making: Underway = new Map();

  constructor(options: DayKeysOptions) {
    this.#options = options;
    this.#rows = new KeyRows(options.dynamo, options.table);
    this.#wrap = new KeyWrap(options.kms, options.wrappingKeyId);
  }

  async forReading(day: CaptureDay): Promise<DayKey | undefined> {
    if (!this.#isOpen(day)) return undefined;
    return this.#cached(day) ?? once(this.#finding, day, () => this.#find(day));
  }

  async forWriting(day: CaptureDay): Promise<DayKey | undefined> {
    const found = await this.forReading(day);
    if (found !== undefined || !this.#isOpen(day)) return found;
    return once(this.#making, day, () => this.#make(day));
  }

  /** A day that may have a key now: not forgotten, and begun (a camera's clock may be ahead by less than a day). */
  #isOpen(day: CaptureDay): boolean {
    const nowMs = this.#options.now();
    if (isForgotten(day, nowMs, this.#options.retentionDays)) {
      this.#drop(day);
      return false;
    }
    return day <= captureDay(nowMs + dayMs);
  }

  #cached(day: CaptureDay): DayKey | undefined {
    const cached = this.#cache.get(day);
    const maxMs = this.#options.confirmEveryMs ?? confirmEveryMs;
    if (cached === undefined || this.#options.now() - cached.confirmedAtMs >= maxMs) return undefined;
    return cached.key;
  }

  async #find(day: CaptureDay): Promise<DayKey | undefined> {
    return this.#open(day, await this.#rows.get(day));
  }

  /**
   * Makes the day's key. Of several makers one row wins, and the losers use the winner's key; a tombstone is a row
   * too, so it is never replaced. A maker that dies between KMS and the table leaves nothing behind.
   */
  async #make(day: CaptureDay): Promise<DayKey | undefined> {
    const row = await this.#rows.get(day);
    if (row !== undefined) return this.#open(day, row);

    const { bytes, wrapped } = await this.#wrap.make(day);
    const isMine = await this.#rows.putIfAbsent(day, wrapped, this.#options.now());
    if (isMine) return this.#keep(day, bytes);
    bytes.fill(0);
    return this.#open(day, await this.#rows.get(day));
  }

  async #open(day: CaptureDay, row: KeyRow | undefined): Promise<DayKey | undefined> {
    if (row?.wrappedKey === undefined) {
      this.#drop(day);
      return undefined;
    }
    const cached = this.#cache.get(day);
    if (cached === undefined) return this.#keep(day, await this.#wrap.open(day, row.wrappedKey));
    cached.confirmedAtMs = this.#options.now();
    return cached.key;
  }

  /** A day has one `DayKey` in this process, so that dropping it reaches everyone who holds it. */
  #keep(day: CaptureDay, bytes: Uint8Array): DayKey {
    const cached = this.#cache.get(day);
    if (cached !== undefined) {
      bytes.fill(0);
      cached.confirmedAtMs = this.#options.now();
      return cached.key;
    }
    const { now, randomBytes, retentionDays } = this.#options;
    const key = new DayKey({ day, bytes, expiresAtMs: forgottenAtMs(day, retentionDays), now, randomBytes });
    bytes.fill(0);
    for (const other of this.#cache.keys()) if (isForgotten(other, now(), retentionDays)) this.#drop(other);
    const oldest = this.#cache.keys().next().value;
    if (oldest !== undefined && this.#cache.size >= cachedKeysMax) this.#cache.delete(oldest);
    this.#cache.set(day, { key, confirmedAtMs: now() });
    return key;
  }

  #drop(day: CaptureDay): void {
    this.#cache.get(day)?.key.destroy();
    this.#cache.delete(day);
  }
}

function once(
  underway: Underway,
  day: CaptureDay,
  lookUp: () => Promise<DayKey | undefined>,
): Promise<DayKey | undefined> {
  const before = underway.get(day);
  if (before !== undefined) return before;
  const started = lookUp().finally(() => underway.delete(day));
  underway.set(day, started);
  return started;
}
