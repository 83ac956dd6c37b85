import { confusedWith } from './fold';
import type { Plate } from './plate';

export interface LookAlikes {
  /** How many plates fold to the same key, this one counted. */
  readonly count: number;
  /** The first of them, digits before letters. */
  readonly first: readonly Plate[];
}

/** Shown of one plate's look-alikes; the rest is only counted. */
export const lookAlikesShownMax = 50;

/** Every plate that a reader may take for this one: those whose confused characters fold alike. */
export function lookAlikesOf(plate: Plate): LookAlikes {
  const choices = [...plate].map((character) => [...confusedWith(character)].sort());
  const count = choices.reduce((product, each) => product * each.length, 1);
  let first = [''];
  for (const characters of choices)
    first = first
      .flatMap((start) => characters.map((character) => start + character))
      .slice(0, lookAlikesShownMax);
  return { count, first: first.map((each) => each as Plate) };
}
