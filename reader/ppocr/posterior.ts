import { formatWeight } from '../text/us-formats';
import { hypotheses, logProbabilityOf } from './ctc';
import { withLookalikes } from './lookalikes';
import type { Reading } from './recogniser';

export interface Guess {
  readonly text: string;
  /** 0 to 1; what is missing to a sum of 1 belongs to texts that are not listed. */
  readonly probability: number;
}

/** What one line of text says if it is a plate: guesses, best first. Empty where nothing has a plate's length. */
export interface Posterior {
  readonly guesses: readonly Guess[];
  /** Weight of the best guess against the guesses of other lines of the same plate; 0 to 1. */
  readonly evidence: number;
}

export const plateLength = { min: 2, max: 8 } as const;
const beamWidth = 16;

/** The share of texts outside the list that have a plate's format, at most. */
const unlistedWeight = 0.02;

/**
 * Weighs several readings of the same line (cuts of different height) as equally likely views, with the formats of
 * plates as prior (Bayes). Every text that any of the readings proposes is scored by all of them.
 */
export function platePosterior(readings: readonly Reading[]): Posterior {
  const views = readings.map(withLookalikes);
  const texts = new Set(views.flatMap((view) => hypotheses(view, beamWidth).map(({ text }) => text)));
  const scored = [...texts].filter(hasPlateLength).map((text) => {
    const likelihood = mean(views.map((view) => Math.exp(logProbabilityOf(view, text))));
    return { text, likelihood, weight: likelihood * formatWeight(text) };
  });
  const unlisted = Math.max(0, 1 - sum(scored.map(({ likelihood }) => likelihood))) * unlistedWeight;
  const whole = sum(scored.map(({ weight }) => weight)) + unlisted;
  const guesses = scored
    .map(({ text, weight }) => ({ text, probability: weight / whole }))
    .sort((a, b) => b.probability - a.probability);
  return { guesses, evidence: Math.max(0, ...scored.map(({ weight }) => weight)) };
}

const hasPlateLength = (text: string) => text.length >= plateLength.min && text.length <= plateLength.max;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
