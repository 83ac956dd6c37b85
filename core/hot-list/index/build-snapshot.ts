import type { Plate } from '../../plate/plate';
import { bucketsFor, sortIntoBuckets } from './buckets';
import { addToFilter, filterWordsFor } from './filter';
import { FoldedKey, hashOf, packFolded } from './folded-key';
import { buildNear, type NearIndex, nearEntriesMax } from './near';
import { writeEntry } from './packed-entry';
import { layOut } from './snapshot-format';

/** What of an entry is compared with reads. */
export interface IndexedEntry {
  /** Complete (Policy-H.e). */
  readonly plate: Plate;
  readonly state?: string;
}

/** The longest list, of any source; the United Kingdom's service holds 45 million records. */
export const entriesMax = 50_000_000;

/** Small enough that a filter's false yes costs little, large enough that the directory does. */
const entriesPerBucket = 4;

/**
 * Packs a list so that `openSnapshot` finds reads in it; entry i answers as ordinal i. Throws `RangeError` for an
 * incomplete plate, or too long a list.
 */
export function buildSnapshot(entries: readonly IndexedEntry[]): Uint8Array {
  return build(entries, keysOf(entries), nothingNear);
}

/** The same, and one character may be missing, too many or another. Throws `RangeError` above `nearEntriesMax`. */
export function buildNearSnapshot(entries: readonly IndexedEntry[]): Uint8Array {
  if (entries.length > nearEntriesMax)
    throw new RangeError('the list is too long for one-character tolerance');
  return buildTolerantSnapshot(entries);
}

/** Of any length, to measure what that would cost. */
export function buildTolerantSnapshot(entries: readonly IndexedEntry[]): Uint8Array {
  const keys = keysOf(entries);
  return build(entries, keys, (places) => {
    const lows = new Uint32Array(entries.length);
    const highs = new Uint32Array(entries.length);
    places.forEach((place, at) => {
      lows[place] = keys.lows[at] ?? 0;
      highs[place] = keys.highs[at] ?? 0;
    });
    return buildNear(lows, highs);
  });
}

interface Keys {
  readonly lows: Uint32Array;
  readonly highs: Uint32Array;
}

function build(
  entries: readonly IndexedEntry[],
  { lows, highs }: Keys,
  nearOf: (places: Uint32Array) => NearIndex,
): Uint8Array {
  const hashes = new Int32Array(entries.length);
  for (let at = 0; at < hashes.length; at++) hashes[at] = hashOf(lows[at] ?? 0, highs[at] ?? 0);
  const buckets = bucketsFor(entries.length, entriesPerBucket);
  const { directory, places } = sortIntoBuckets(hashes, buckets);
  const near = nearOf(places);

  const { bytes, parts } = layOut({
    entries: entries.length,
    filterWords: filterWordsFor(entries.length),
    buckets,
    nearBuckets: Math.max(0, near.directory.length - 1),
    nearSlots: near.slots.length,
  });
  parts.directory.set(directory);
  parts.near.filter.set(near.filter);
  parts.near.directory.set(near.directory);
  parts.near.slots.set(near.slots);
  entries.forEach(({ plate, state }, ordinal) => {
    const place = places[ordinal] ?? 0;
    addToFilter(parts.filter, hashes[ordinal] ?? 0);
    writeEntry(parts.entries, place, { plate, state, ordinal });
  });
  return bytes;
}

function nothingNear(): NearIndex {
  const none = new Uint32Array(0);
  return { filter: none, directory: none, slots: none };
}

function keysOf(entries: readonly IndexedEntry[]): Keys {
  if (entries.length > entriesMax) throw new RangeError('the list is too long');
  const lows = new Uint32Array(entries.length);
  const highs = new Uint32Array(entries.length);
  const key = new FoldedKey();
  entries.forEach(({ plate }, at) => {
    // The plate stays out of the message: errors are logged.
    if (!packFolded(plate, key)) throw new RangeError(`entry ${at} has no complete plate`);
    lows[at] = key.low;
    highs[at] = key.high;
  });
  return { lows, highs };
}
