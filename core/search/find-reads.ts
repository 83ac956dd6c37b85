import { isExact, matchesPattern, type PlatePattern } from '../plate/pattern';
import type { Plate } from '../plate/plate';
import type { Read } from '../reads/read';
import { openRead, parsePlaceTime, type SealedRead, UnknownReadFormat } from '../reads/sealed-read';
import { type CaptureDay, daysBetween, isForgotten } from '../retention/day';
import { type DayKey, DayKeyGone, SealBroken } from '../retention/day-key';
import type { DayKeys } from '../retention/ports';
import { whileKept } from '../retention/while-kept';
import { mapBounded } from './bounded';
import type { PlateIndex, ReadsByPlate } from './ports';

export interface ReadStores {
  readonly dayKeys: DayKeys;
  readonly reads: ReadsByPlate;
  readonly plateIndex: PlateIndex;
}

export interface ReadQuery {
  readonly pattern: PlatePattern;
  readonly fromMs: number;
  readonly toMs: number;
  readonly networks: readonly string[];
  readonly limit: number;
  readonly nowMs: number;
  readonly retentionDays: number;
}

export interface Found {
  readonly read: Read;
  readonly day: CaptureDay;
  readonly match: 'exact' | 'look-alike';
}

export interface Findings {
  /** Newest first, at most `limit`. */
  readonly found: readonly Found[];
  readonly truncated: boolean;
  /** Rows and index segments in scope that do not open or are of no known format. For the audit log. */
  readonly unreadable: number;
}

/** Store calls under way at once: 31 days of one plate are three rounds. */
const callsAtOnce = 12;
/** A pattern that fits more plates lists traffic; the search is cut there and says so. */
const platesMax = 100;

interface Row {
  readonly key: DayKey;
  readonly row: SealedRead;
  readonly capturedAtMs: number;
}

/**
 * Finds the reads of a plate or pattern. Rows of other networks and times are dropped by their sort key, before
 * anything is opened (Access-D), and only as many rows are opened as are answered. Days without a key hold nothing.
 */
export async function findReads(stores: ReadStores, query: ReadQuery): Promise<Findings> {
  const days = daysBetween(Math.max(0, query.fromMs), Math.min(query.toMs, query.nowMs)).filter(
    (day) => !isForgotten(day, query.nowMs, query.retentionDays),
  );
  const { plates, unreadable } = isExact(query.pattern)
    ? { plates: [query.pattern], unreadable: 0 }
    : await stores.plateIndex.find(days, query.networks, query.pattern);
  const rows = await sealedRows(stores, query, days, plates.slice(0, platesMax));
  const opened = openNewest(rows, query);
  return {
    found: opened.found,
    truncated: opened.truncated || plates.length > platesMax,
    unreadable: unreadable + opened.unreadable,
  };
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
  return sealed.flatMap((row) => {
    const place = parsePlaceTime(row.placeTime);
    if (!place || !query.networks.includes(place.network)) return [];
    if (place.capturedAtMs < query.fromMs || place.capturedAtMs > query.toMs) return [];
    return [{ key, row, capturedAtMs: place.capturedAtMs }];
  });
}

/** Plates that fold to one text share their rows. */
function unique(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.row.placeTime, row])).values()];
}

function openNewest(rows: readonly Row[], query: ReadQuery): Findings {
  const newestFirst = rows.toSorted((a, b) => b.capturedAtMs - a.capturedAtMs);
  const found: Found[] = [];
  let unreadable = 0;
  for (const row of newestFirst) {
    const opened = open(row, query.pattern);
    if (opened === 'unreadable') unreadable++;
    if (typeof opened === 'string') continue;
    if (found.length === query.limit) return { found, truncated: true, unreadable };
    found.push(opened);
  }
  return { found, truncated: false, unreadable };
}

function open({ key, row }: Row, pattern: PlatePattern): Found | 'unreadable' | 'other-plate' | 'forgotten' {
  try {
    const read = openRead(key, row);
    const isMatch = matchesPattern(pattern, read.plate);
    if (!isMatch && !isExact(pattern)) return 'other-plate';
    return { read, day: key.day, match: isMatch ? 'exact' : 'look-alike' };
  } catch (error) {
    if (error instanceof DayKeyGone) return 'forgotten';
    if (error instanceof SealBroken || error instanceof UnknownReadFormat) return 'unreadable';
    throw error;
  }
}
