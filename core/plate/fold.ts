import type { Brand } from '../brand';
import type { Plate } from './plate';

/** A plate whose easily confused characters are made equal; for keys and matching, never shown. */
export type FoldedPlate = Brand<string, 'FoldedPlate'>;

/**
 * The characters that plate readers and people confuse, each class named by its digit. Kept to these: every further
 * class makes more innocent vehicles a candidate.
 */
const confusions: Readonly<Record<string, string>> = {
  '0': 'OQD',
  '1': 'IL',
  '2': 'Z',
  '5': 'S',
  '6': 'G',
  '8': 'B',
};

const foldOf = new Map(
  Object.entries(confusions).flatMap(([digit, letters]) => [...letters].map((letter) => [letter, digit])),
);

/** Folds a plate, character by character; the length and every `?` stay. */
export function foldPlate(plate: Plate): FoldedPlate {
  let folded = '';
  for (const character of plate) folded += foldOf.get(character) ?? character;
  return folded as FoldedPlate;
}

/** The characters that are confused with this one, itself counted. */
export function confusedWith(character: string): string {
  const digit = foldOf.get(character) ?? character;
  return digit + (confusions[digit] ?? '');
}
