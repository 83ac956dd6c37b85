import { hypotheses } from './ctc';
import type { Recognised } from './recogniser';
import { formatWeights, type WeighText } from './serial-formats';

export interface Guess {
  readonly text: string;
  /** 0 to 1; what is missing to a sum of 1 belongs to texts that are not listed. */
  readonly probability: number;
}

export const plateLength = { min: 2, max: 8 } as const;

/** The weight of texts outside the list: some have a plate's format. */
const unlistedWeight = 0.15;

/**
 * What a plate says: guesses, best first. The crops are equally likely views; the serial formats of the states weigh
 * in (Bayes) and say which zeros are letters O.
 */
export function platePosterior({ readings, states }: Recognised): Guess[] {
  const likelihoods = new Map<string, number>();
  for (const reading of readings) {
    for (const { text, probability } of hypotheses(reading)) {
      likelihoods.set(text, (likelihoods.get(text) ?? 0) + probability / readings.length);
    }
  }
  const weigh = formatWeights(states);
  const scored = [...likelihoods]
    .filter(([text]) => text.length >= plateLength.min && text.length <= plateLength.max)
    .map(([text, likelihood]) => {
      const spelt = bestSpelling(text, weigh);
      return { text: spelt, weight: likelihood * weigh(spelt) };
    });
  const listed = scored.reduce((sum, { weight }) => sum + weight, 0);
  const unlisted = Math.max(0, 1 - [...likelihoods.values()].reduce((a, b) => a + b, 0)) * unlistedWeight;
  return scored
    .map(({ text, weight }) => ({ text, probability: weight / (listed + unlisted) }))
    .sort((a, b) => b.probability - a.probability);
}

/** The spelling that fits the formats best, each zero a digit or a letter; digits where nothing tells. */
function bestSpelling(text: string, weigh: WeighText): string {
  let spellings = [''];
  for (const character of text) {
    const choices = character === '0' ? ['0', 'O'] : [character];
    spellings = choices.flatMap((choice) => spellings.map((spelt) => spelt + choice));
  }
  return spellings.reduce((best, each) => (weigh(each) > weigh(best) ? each : best));
}
