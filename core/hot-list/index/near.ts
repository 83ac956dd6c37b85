import { bucketsFor, sortIntoBuckets } from './buckets';
import { addToFilter, bitsOf, filterWordsFor } from './filter';
import { FoldedKey, firstDifference, hashOf, lengthOf, plateCharactersMax, withoutLane } from './folded-key';

/**
 * Finds listed plates of which one character is missing, too many or another. Two plates are that near if and only if
 * taking one character or none out of each can make them equal, so each entry stands under its own key and under each key
 * with one character less (Garbe's symmetric delete, https://github.com/wolfgarbe/SymSpell), and a read asks for as many.
 * A slot is which character was taken out, four bits of the key's hash, and the entry's place. What is found is compared
 * in full.
 */
export interface NearIndex {
  /**
   * Of every key that an entry stands under, marked with which character was taken out. Most of what a read asks for then
   * touches one word: a key that other entries share, but of another place, is not looked at further.
   */
  readonly filter: Uint32Array;
  readonly directory: Uint32Array;
  readonly slots: Uint32Array;
}

/** A longer list is not made tolerant: at a million entries over half of all traffic is one character from one. */
export const nearEntriesMax = 50_000;

/** Places that a slot can tell apart. */
const nearPlacesMax = 1 << 24;
const placeMask = nearPlacesMax - 1;
const slotsPerBucket = 2;

/** A plate without one of its characters, for each, and the plate itself. */
const keysMax = plateCharactersMax + 1;

/** Of keys by place. Throws `RangeError` for more than a slot can name. */
export function buildNear(lows: Uint32Array, highs: Uint32Array): NearIndex {
  const entries = lows.length;
  if (entries > nearPlacesMax) throw new RangeError('too many entries for one-character tolerance');
  const key = new FoldedKey();
  const hashes = new Int32Array(entries * keysMax);
  const entryOf = new Uint32Array(entries * keysMax);
  const takenAt = new Uint8Array(entries * keysMax);
  let count = 0;
  for (let entry = 0; entry < entries; entry++) {
    key.low = lows[entry] ?? 0;
    key.high = highs[entry] ?? 0;
    const keys = shortenedHashes(key, hashes.subarray(count, count + keysMax));
    for (let taken = 0; taken < keys; taken++) {
      entryOf[count] = entry;
      takenAt[count++] = taken;
    }
  }
  const { directory, places } = sortIntoBuckets(hashes.subarray(0, count), bucketsFor(count, slotsPerBucket));
  const filter = new Uint32Array(filterWordsFor(count));
  const slots = new Uint32Array(count);
  for (let at = 0; at < count; at++) {
    const hash = hashes[at] ?? 0;
    const taken = takenAt[at] ?? 0;
    addToFilter(filter, hash, markOf(hash, taken));
    if (taken !== whole) addToFilter(filter, hash, markOf(hash, shortened));
    slots[places[at] ?? 0] = (labelOf(hash, taken) << 24) | (entryOf[at] ?? 0);
  }
  return { filter, directory, slots };
}

/**
 * The places that may be near the key, one perhaps more than once; they stand until the next call. In three passes, each
 * of loads that wait for none of the others: what a pass costs is then one trip to memory and not as many as there are
 * keys. Whoever compares what they hold makes the fourth.
 */
export function findNear(index: NearIndex, key: FoldedKey): readonly number[] {
  const { filter, directory, slots } = index;
  const keys = shortenedHashes(key, asked);
  found.length = 0;
  let left = 0;
  for (let taken = 0; taken < keys; taken++) {
    const hash = asked[taken] ?? 0;
    asked[left] = hash;
    takenOf[left] = taken;
    left += mayMeetAny(filter[hash & (filter.length - 1)] ?? 0, hash, taken) ? 1 : 0;
  }
  for (let each = 0; each < left; each++) {
    const bucket = (asked[each] ?? 0) & (directory.length - 2);
    from[each] = directory[bucket] ?? 0;
    to[each] = Math.min(directory[bucket + 1] ?? 0, slots.length);
  }
  for (let each = 0; each < left; each++) {
    const label = labelOf(asked[each] ?? 0, takenOf[each] ?? 0);
    const end = to[each] ?? 0;
    for (let at = from[each] ?? 0; at < end; at++) {
      const slot = slots[at] ?? 0;
      if (mayMeet(label, slot >>> 24)) found.push(slot & placeMask);
    }
  }
  return found;
}

/** Whether one character is missing, too many or another; equal keys are not. */
export function isOneApart(a: FoldedKey, b: FoldedKey): boolean {
  if (a.low === b.low && a.high === b.high) return false;
  const longer = lengthOf(a.low, a.high) - lengthOf(b.low, b.high);
  if (longer > 1 || longer < -1) return false;
  const lane = firstDifference(a, b);
  const shortA = longer >= 0 ? withoutLane(a, lane, scratchA) : a;
  const shortB = longer <= 0 ? withoutLane(b, lane, scratchB) : b;
  return shortA.low === shortB.low && shortA.high === shortB.high;
}

const found: number[] = [];
const asked = new Int32Array(keysMax);
const takenOf = new Uint8Array(keysMax);
const from = new Uint32Array(keysMax);
const to = new Uint32Array(keysMax);
const scratchA = new FoldedKey();
const scratchB = new FoldedKey();

/** Writes the hash of the key, then of the key without its first, second, … character. */
function shortenedHashes(key: FoldedKey, into: Int32Array): number {
  const length = lengthOf(key.low, key.high);
  into[0] = hashOf(key.low, key.high);
  for (let lane = 0; lane < length; lane++) {
    const shorter = withoutLane(key, lane, scratchA);
    into[lane + 1] = hashOf(shorter.low, shorter.high);
  }
  return length + 1;
}

/** Instead of which character was taken out: none, or any. */
const whole = 0;
const shortened = 15;

/** The filter's bits of a key and what was taken out. */
function markOf(hash: number, taken: number): number {
  return bitsOf(hash + Math.imul(taken, 0x9e3779b1));
}

/** Whether the filter's word knows a key whose entries could be near (`mayMeet`). */
function mayMeetAny(word: number, hash: number, taken: number): boolean {
  const same = markOf(hash, taken === whole ? shortened : taken);
  const other = markOf(hash, whole);
  return (word & same) === same || (word & other) === other;
}

/** Which character was taken out, from 1, or 0; and bits that do not choose the bucket of any list up to the bound. */
function labelOf(hash: number, taken: number): number {
  return (taken << 4) | ((hash ^ (hash >>> 3)) >>> 28);
}

/** Keys that are equal come of near plates if one is whole, or if the same place was left out of both. */
function mayMeet(a: number, b: number): boolean {
  return ((a ^ b) & 15) === 0 && (a === b || a < 16 || b < 16);
}
