import { isExact, matchesPattern, type PlatePattern } from '../plate/pattern';
import type { Plate } from '../plate/plate';
import type { Read } from '../reads/read';
import { parsePlaceTime, type SealedRead } from '../reads/sealed-read';
import { type CaptureDay, daysBetween, isForgotten } from '../retention/day';
import type { DayKey } from '../retention/day-key';
import type { DayKeys } from '../retention/ports';
import { whileKept } from '../retention/while-kept';
import { mapBounded } from './bounded';
import { type Found, openNewest, type Position, type Row } from './open-rows';
import type { PlateIndex, ReadsByPlate } from './ports';

export type { Found } from './open-rows';

export interface ReadStores {
  readonly dayKeys: DayKeys;
  readonly reads: ReadsByPlate;
  readonly plateIndex: PlateIndex;
}

/** What every search says, of whatever kind. */
export interface ReadRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly networks: readonly string[];
  readonly limit: number;
  readonly nowMs: number;
  readonly retentionDays: number;
  /** Issuing state; reads without one are left out. */
  readonly state?: string | undefined;
  readonly after?: Position | undefined;
  readonly only?: ReadonlySet<string> | undefined;
}

export interface ReadQuery extends ReadRange {
  readonly pattern: PlatePattern;
  /** Of a whole plate: what differs by confused characters, too. Absent: yes. */
  readonly lookAlikes?: boolean | undefined;
}

export interface Findings {
  /** Newest first, at most `limit`. */
  readonly found: readonly Found[];
  /** There are more rows than `limit`. */
  readonly more: boolean;
  /** `more`, or the pattern fits more plates than were looked at. */
  readonly truncated: boolean;
  /** Rows and index segments in scope that do not open or are of no known format. For the audit log. */
  readonly unreadable: number;
}

/** Store calls under way at once: 31 days of one plate are one round. */
export const callsAtOnce = 32;
/** A pattern that fits more plates lists traffic; the search is cut there and says so. */
const platesMax = 100;

/**
 * Finds the reads of a plate or pattern. Rows of other networks and times are dropped by their sort key, before
 * anything is opened (Access-D), and only as many rows are opened as are answered. Days without a key hold nothing.
 */
export async function findReads(stores: ReadStores, query: ReadQuery): Promise<Findings> {
  const days = keptDays(query);
  const { plates, unreadable } = isExact(query.pattern)
    ? { plates: [query.pattern], unreadable: 0 }
    : await stores.plateIndex.find(days, query.networks, query.pattern);
  const rows = await sealedRows(stores, query, days, plates.slice(0, platesMax));
  const { limit, after, only } = query;
  const opened = openNewest(rows, { limit, after, only, matchOf: (read) => matchOf(query, read) });
  return {
    ...opened,
    truncated: opened.more || plates.length > platesMax,
    unreadable: unreadable + opened.unreadable,
  };
}

/** The days of a range that are not forgotten, oldest first. */
export function keptDays({ fromMs, toMs, nowMs, retentionDays }: ReadRange): readonly CaptureDay[] {
  return daysBetween(Math.max(0, fromMs), Math.min(toMs, nowMs)).filter(
    (day) => !isForgotten(day, nowMs, retentionDays),
  );
}

/** The row where it is in time and its network in scope; decided by its sort key, with nothing opened. */
export function rowInRange(key: DayKey, row: SealedRead, range: ReadRange): Row | undefined {
  const place = parsePlaceTime(row.placeTime);
  if (!place || !range.networks.includes(place.network)) return undefined;
  if (place.capturedAtMs < range.fromMs || place.capturedAtMs > range.toMs) return undefined;
  return { key, row, readId: place.readId, capturedAtMs: place.capturedAtMs };
}

export function isOfState({ state }: ReadRange, read: Read): boolean {
  return state === undefined || read.state === state;
}

function matchOf(query: ReadQuery, read: Read): Found['match'] | undefined {
  if (!isOfState(query, read)) return undefined;
  if (matchesPattern(query.pattern, read.plate)) return 'exact';
  return isExact(query.pattern) && (query.lookAlikes ?? true) ? 'look-alike' : undefined;
}

async function sealedRows(
  stores: ReadStores,
  query: ReadQuery,
  days: readonly CaptureDay[],
  plates: readonly Plate[],
): Promise<Row[]> {
  if (plates.length === 0) return [];
  const keys = (await mapBounded(days, callsAtOnce, (day) => stores.dayKeys.forReading(day))).filter(
    (key) => key !== undefined,
  );
  const pairs = keys.flatMap((key) => plates.map((plate) => ({ key, plate })));
  const rows = await mapBounded(pairs, callsAtOnce, ({ key, plate }) =>
    rowsOf(stores.reads, query, key, plate),
  );
  return unique(rows.flat());
}

async function rowsOf(reads: ReadsByPlate, query: ReadQuery, key: DayKey, plate: Plate): Promise<Row[]> {
  const plateKey = whileKept(() => key.plateKey(plate));
  if (!plateKey) return [];
  const sealed = await reads.byPlate(key.day, plateKey);
  return sealed.flatMap((row) => rowInRange(key, row, query) ?? []);
}

/** Plates that fold to one text share their rows. */
function unique(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.row.placeTime, row])).values()];
}
