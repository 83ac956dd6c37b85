import { foldPlate } from '../../plate/fold';
import type { Plate } from '../../plate/plate';

/** The most characters of a plate (`parsePlate`). */
export const plateCharactersMax = 10;

/**
 * A folded plate in two small integers: five bits a character, of which folding leaves 27, the first character lowest;
 * six characters in `low`, four in `high`. No character is 0, so that the length needs no place of its own and equal
 * keys are equal folded plates. Mutable, so that looking a read up allocates nothing.
 */
export class FoldedKey {
  low = 0;
  high = 0;
}

export const laneBits = 5;
const lowLanes = 6;
const laneMask = 31;

/** Those of a complete plate. */
export const plateCharacters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The number of a character's class by its code, from 1 on; 0 for what a complete plate does not hold. */
const classOfCode = classes();

/** Packs a complete plate. `false`, with the key in no certain state, for anything else: a `?` above all (Policy-H.e). */
export function packFolded(plate: string, key: FoldedKey): boolean {
  const { length } = plate;
  if (length > plateCharactersMax) return false;
  let low = 0;
  let high = 0;
  for (let at = 0, shift = 0; at < length && at < lowLanes; at++, shift += laneBits) {
    const folded = classOfCode[plate.charCodeAt(at)] ?? 0;
    if (folded === 0) return false;
    low |= folded << shift;
  }
  for (let at = lowLanes, shift = 0; at < length; at++, shift += laneBits) {
    const folded = classOfCode[plate.charCodeAt(at)] ?? 0;
    if (folded === 0) return false;
    high |= folded << shift;
  }
  key.low = low;
  key.high = high;
  return true;
}

/** The class of the n-th of `plateCharacters`. */
export function classOf(index: number): number {
  return classOfCode[plateCharacters.charCodeAt(index)] ?? 0;
}

/** 32 bits that depend on every character; the finaliser of MurmurHash3 over both halves. */
export function hashOf(low: number, high: number): number {
  let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** How many characters a key holds. */
export function lengthOf(low: number, high: number): number {
  return high === 0 ? lanesOf(low) : lowLanes + lanesOf(high);
}

/** Takes the character at that place out of a key; those behind it move up. Gives back what it wrote to. */
export function withoutLane({ low, high }: FoldedKey, lane: number, into: FoldedKey): FoldedKey {
  const isHigh = lane >= lowLanes;
  into.low = isHigh
    ? low
    : withoutBits(low, lane * laneBits) | ((high & laneMask) << ((lowLanes - 1) * laneBits));
  into.high = isHigh ? withoutBits(high, (lane - lowLanes) * laneBits) : high >>> laneBits;
  return into;
}

/** The first place at which two different keys differ. */
export function firstDifference(a: FoldedKey, b: FoldedKey): number {
  const low = a.low ^ b.low;
  return low === 0 ? lowLanes + firstLaneOf(a.high ^ b.high) : firstLaneOf(low);
}

function firstLaneOf(bits: number): number {
  return ((31 - Math.clz32(bits & -bits)) / laneBits) | 0;
}

function lanesOf(bits: number): number {
  return ((31 + laneBits - Math.clz32(bits)) / laneBits) | 0;
}

function withoutBits(bits: number, shift: number): number {
  return (bits & ((1 << shift) - 1)) | ((bits >>> (shift + laneBits)) << shift);
}

/** From the product's one table of confused characters. */
function classes(): Uint8Array {
  const table = new Uint8Array(128);
  const numbers = new Map<string, number>();
  for (const character of plateCharacters) {
    const folded = foldPlate(character as Plate);
    const number = numbers.get(folded) ?? numbers.size + 1;
    numbers.set(folded, number);
    table[character.charCodeAt(0)] = number;
  }
  return table;
}
