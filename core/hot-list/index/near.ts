import { bucketsFor, sortIntoBuckets } from './buckets';
import { addToFilter, filterWordsFor, mayContain } from './filter';
import { FoldedKey, firstDifference, hashOf, lengthOf, plateCharactersMax, withoutLane } from './folded-key';

/**
 * Finds listed plates of which one character is missing, too many or another. Two plates are that near if and only if
 * taking one character or none out of each can make them equal, so each entry stands under its own key and under each key
 * with one character less (Garbe's symmetric delete, https://github.com/wolfgarbe/SymSpell), and a read asks for as many.
 * A slot is eight bits of the key's hash and the entry's place; what is found is compared in full.
 */
export interface NearIndex {
  /** Of every key that an entry stands under, so that most of what a read asks for touches one word. */
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
  let count = 0;
  for (let entry = 0; entry < entries; entry++) {
    key.low = lows[entry] ?? 0;
    key.high = highs[entry] ?? 0;
    const keys = shortenedHashes(key, hashes.subarray(count, count + keysMax));
    entryOf.fill(entry, count, count + keys);
    count += keys;
  }
  const { directory, places } = sortIntoBuckets(hashes.subarray(0, count), bucketsFor(count, slotsPerBucket));
  const filter = new Uint32Array(filterWordsFor(count));
  const slots = new Uint32Array(count);
  for (let at = 0; at < count; at++) {
    const hash = hashes[at] ?? 0;
    addToFilter(filter, hash);
    slots[places[at] ?? 0] = (fingerprintOf(hash) << 24) | (entryOf[at] ?? 0);
  }
  return { filter, directory, slots };
}

/** Visits the places that may be near the key, some of them more than once. */
export function visitNear(index: NearIndex, key: FoldedKey, visit: (place: number) => void): void {
  const keys = shortenedHashes(key, asked);
  for (let each = 0; each < keys; each++) {
    const hash = asked[each] ?? 0;
    if (mayContain(index.filter, hash)) visitBucket(index, hash, visit);
  }
}

function visitBucket({ directory, slots }: NearIndex, hash: number, visit: (place: number) => void): void {
  const bucket = hash & (directory.length - 2);
  const fingerprint = fingerprintOf(hash);
  const end = Math.min(directory[bucket + 1] ?? 0, slots.length);
  for (let at = directory[bucket] ?? 0; at < end; at++) {
    const slot = slots[at] ?? 0;
    if (slot >>> 24 === fingerprint) visit(slot & placeMask);
  }
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

const asked = new Int32Array(keysMax);
const scratchA = new FoldedKey();
const scratchB = new FoldedKey();

/** Writes the hash of the key and of it without each of its characters; equal ones next to each other once. */
function shortenedHashes(key: FoldedKey, into: Int32Array): number {
  const length = lengthOf(key.low, key.high);
  into[0] = hashOf(key.low, key.high);
  let count = 1;
  let low = -1;
  let high = -1;
  for (let lane = 0; lane < length; lane++) {
    const shorter = withoutLane(key, lane, scratchA);
    if (shorter.low === low && shorter.high === high) continue;
    ({ low, high } = shorter);
    into[count++] = hashOf(low, high);
  }
  return count;
}

/** Bits that do not choose the bucket of any list up to the bound. */
function fingerprintOf(hash: number): number {
  return (hash ^ (hash >>> 3)) >>> 24;
}
