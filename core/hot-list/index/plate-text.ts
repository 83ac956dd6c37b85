import { classOf, type FoldedKey, laneBits, plateCharacters, plateCharactersMax } from './folded-key';

const textBits = 6;
const textMask = 63;
/** Characters in each of the two halves of a packed text. */
const halfLength = plateCharactersMax / 2;

/** One half of a complete plate as it is written, six bits a character from 1 on, 0 behind its end. */
export function packHalf(plate: string, half: 0 | 1): number {
  let packed = 0;
  for (let at = 0; at < halfLength; at++) {
    const character = plate[half * halfLength + at];
    if (character !== undefined) packed |= (plateCharacters.indexOf(character) + 1) << (at * textBits);
  }
  return packed;
}

/** Folds the plate that two halves hold, to the key that `packFolded` makes of it. */
export function foldHalves(first: number, second: number, key: FoldedKey): FoldedKey {
  key.low =
    foldedAt(first, 0, 0) |
    foldedAt(first, 1, 1) |
    foldedAt(first, 2, 2) |
    foldedAt(first, 3, 3) |
    foldedAt(first, 4, 4) |
    foldedAt(second, 0, 5);
  key.high =
    second >>> textBits === 0
      ? 0
      : foldedAt(second, 1, 0) | foldedAt(second, 2, 1) | foldedAt(second, 3, 2) | foldedAt(second, 4, 3);
  return key;
}

/** The class of a half's character, moved to that place of a key's half. */
function foldedAt(half: number, at: number, lane: number): number {
  return (classOfText[(half >>> (at * textBits)) & textMask] ?? 0) << (lane * laneBits);
}

/** By a character's six bits; 0 stays 0. */
const classOfText = Uint8Array.from({ length: textMask + 1 }, (_, code) =>
  code === 0 || code > plateCharacters.length ? 0 : classOf(code - 1),
);

/** Says of a state that it is not known. */
export const stateUnknown = 0;
/** Of what is no two-letter code: it equals no state, not even itself. */
export const stateOther = 1023;

/** A state in ten bits. */
export function packState(state: string | undefined): number {
  if (state === undefined) return stateUnknown;
  if (!/^[A-Z]{2}$/.test(state)) return stateOther;
  return (state.charCodeAt(0) - 65) * 26 + (state.charCodeAt(1) - 65) + 1;
}
