import { type Plate, parsePlate } from '../../core/plate/plate';
import type { Sighting } from '../../core/reads/reader';
import type { Guess } from './posterior';

export type Judgement = Pick<
  Sighting,
  'plate' | 'candidates' | 'confidence' | 'characterConfidences' | 'outcome'
>;

/**
 * The least confidence at which at most 3 of 100 accepted reads were wrong, on 5,000 rendered photos that no training
 * saw. They are harder than street photos: about 73 of 100 are accepted.
 */
export const acceptFrom = 0.73;

/** A character less sure than this is given as `?`. */
const unreadableBelow = 0.4;
/** A read with `?` needs this many characters that were read: fewer would fit too many vehicles. */
const knownMin = 4;
/** Cameras burn the date into their frames: a year, alone or with a month. */
const startsWithDate = /^20[0-4]\d($|[01]$|0[1-9]|1[0-2])/;
const candidatesMax = 10;

/**
 * Turns guesses into a read: the best guess, with `?` for each character that could not be told; accepted when what
 * was read is at least as sure as `acceptAt`. Never accepted: fewer than four characters, no digit (words on signs and
 * frames look like personal plates), or a date. `undefined` without a guess.
 */
export function judge(guesses: readonly Guess[], acceptAt: number): Judgement | undefined {
  const best = guesses[0];
  if (best === undefined) return undefined;
  const certainties = [...best.text].map((_, at) => agreement(guesses, best.text, at));
  const masked = certainties.map((certainty, at) =>
    certainty < unreadableBelow ? '?' : (best.text[at] ?? '?'),
  );
  const known = masked.filter((character) => character !== '?');
  const isPartial = known.length < masked.length && known.length >= knownMin;
  const text = isPartial ? masked.join('') : best.text;
  const confidence = guesses.filter((guess) => fits(text, guess.text)).reduce((a, b) => a + b.probability, 0);
  const plate = parsePlate(text);
  if (plate === undefined) return undefined;
  const mayBeAccepted = known.length >= knownMin && /\d/.test(text) && !startsWithDate.test(text);
  return {
    plate,
    candidates: candidates(guesses, plate),
    confidence: Math.min(1, confidence),
    characterConfidences: certainties.map((certainty) => Math.min(1, certainty)),
    outcome: mayBeAccepted && confidence >= acceptAt ? 'accepted' : 'abstained',
  };
}

function candidates(guesses: readonly Guess[], first: Plate): Judgement['candidates'] {
  return guesses
    .slice(0, candidatesMax + 1)
    .flatMap(({ text, probability }) => {
      const plate = parsePlate(text);
      return plate === undefined || plate === first ? [] : [{ plate, probability }];
    })
    .slice(0, candidatesMax);
}

/** How probable the character is: the guesses that have it there, counted from the left or from the right. */
function agreement(guesses: readonly Guess[], best: string, at: number): number {
  return guesses
    .filter(({ text }) => text[at] === best[at] || text.at(at - best.length) === best[at])
    .reduce((sum, { probability }) => sum + probability, 0);
}

const fits = (pattern: string, text: string) =>
  pattern.length === text.length &&
  [...pattern].every((character, at) => character === '?' || character === text[at]);
