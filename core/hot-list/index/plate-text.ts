import { classOf, type FoldedKey, plateCharacters, plateCharactersMax, putLane } from './folded-key';

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
  key.low = 0;
  key.high = 0;
  for (let at = 0; at < plateCharactersMax; at++) {
    const half = at < halfLength ? first : second;
    const code = (half >>> ((at % halfLength) * textBits)) & textMask;
    if (code === 0) return key;
    putLane(key, at, classOf(code - 1));
  }
  return key;
}

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
