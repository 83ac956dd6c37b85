import type { Read } from '../reads/read';
import { openRead, type SealedRead, UnknownReadFormat } from '../reads/sealed-read';
import type { CaptureDay } from '../retention/day';
import { type DayKey, DayKeyGone, SealBroken } from '../retention/day-key';

/** A sealed row that is in scope and in time, and the key that opens it. */
export interface Row {
  readonly key: DayKey;
  readonly row: SealedRead;
  readonly readId: string;
  readonly capturedAtMs: number;
}

/** Where in its order, newest first, a search goes on: after this row. */
export interface Position {
  readonly capturedAtMs: number;
  readonly placeTime: string;
}

export interface Found {
  readonly read: Read;
  readonly day: CaptureDay;
  readonly match: 'exact' | 'look-alike';
  /** Where the row lies in the store of reads. */
  readonly row: { readonly plateKey: Uint8Array; readonly placeTime: string };
}

export interface Opening {
  readonly limit: number;
  /** What an opened read is to the question; `undefined`: nothing. */
  readonly matchOf: (read: Read) => Found['match'] | undefined;
  readonly after?: Position | undefined;
  /** Of a page that was answered before: the reads that it answered. */
  readonly only?: ReadonlySet<string> | undefined;
}

export interface Opened {
  /** Newest first, at most `limit`. */
  readonly found: readonly Found[];
  /** There is another one beyond the limit. */
  readonly more: boolean;
  readonly unreadable: number;
}

/** Opens rows, newest first, until one more than the limit is found. Rows that do not open are counted. */
export function openNewest(rows: readonly Row[], opening: Opening): Opened {
  const { limit, after, only } = opening;
  const wanted = rows.filter(
    (row) => (only?.has(row.readId) ?? true) && (after === undefined || order(after, positionOf(row)) < 0),
  );
  const found: Found[] = [];
  let unreadable = 0;
  for (const row of wanted.toSorted((a, b) => order(positionOf(a), positionOf(b)))) {
    const opened = open(row, opening.matchOf);
    if (opened === 'unreadable') unreadable++;
    if (typeof opened === 'string') continue;
    if (found.length === limit) return { found, more: true, unreadable };
    found.push(opened);
  }
  return { found, more: false, unreadable };
}

export function positionOf({ capturedAtMs, row }: Pick<Row, 'capturedAtMs' | 'row'>): Position {
  return { capturedAtMs, placeTime: row.placeTime };
}

/** Newest first; rows of one moment in the reverse order of their sort keys. */
function order(a: Position, b: Position): number {
  if (a.capturedAtMs !== b.capturedAtMs) return b.capturedAtMs - a.capturedAtMs;
  if (a.placeTime === b.placeTime) return 0;
  return a.placeTime < b.placeTime ? 1 : -1;
}

function open({ key, row }: Row, matchOf: Opening['matchOf']): Found | 'unreadable' | 'other' | 'forgotten' {
  try {
    const read = openRead(key, row);
    const match = matchOf(read);
    const { placeTime } = row;
    if (match === undefined) return 'other';
    return { read, day: key.day, match, row: { plateKey: key.plateKey(read.plate), placeTime } };
  } catch (error) {
    if (error instanceof DayKeyGone) return 'forgotten';
    if (error instanceof SealBroken || error instanceof UnknownReadFormat) return 'unreadable';
    throw error;
  }
}
