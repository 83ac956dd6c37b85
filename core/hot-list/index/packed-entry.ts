import { packHalf, packState } from './plate-text';

/**
 * An entry in three words that lie side by side, so that comparing one costs one trip to memory: the two halves of its
 * plate, thirty bits each, and its place in the list, 26 bits. The four bits and six that this leaves hold the state.
 */
export const wordsPerEntry = 3;

const halfMask = (1 << 30) - 1;
/** More than `entriesMax`, so that each place in a list fits. */
const ordinalMask = (1 << 26) - 1;

export function writeEntry(
  words: Uint32Array,
  place: number,
  entry: { readonly plate: string; readonly state: string | undefined; readonly ordinal: number },
): void {
  const at = place * wordsPerEntry;
  const state = packState(entry.state);
  words[at] = packHalf(entry.plate, 0) | (state << 30);
  words[at + 1] = packHalf(entry.plate, 1) | ((state >>> 2) << 30);
  words[at + 2] = entry.ordinal | ((state >>> 4) << 26);
}

export function firstHalfAt(words: Uint32Array, place: number): number {
  return (words[place * wordsPerEntry] ?? 0) & halfMask;
}

export function secondHalfAt(words: Uint32Array, place: number): number {
  return (words[place * wordsPerEntry + 1] ?? 0) & halfMask;
}

export function ordinalAt(words: Uint32Array, place: number): number {
  return (words[place * wordsPerEntry + 2] ?? 0) & ordinalMask;
}

export function stateAt(words: Uint32Array, place: number): number {
  const at = place * wordsPerEntry;
  return (
    ((words[at] ?? 0) >>> 30) | (((words[at + 1] ?? 0) >>> 30) << 2) | (((words[at + 2] ?? 0) >>> 26) << 4)
  );
}
