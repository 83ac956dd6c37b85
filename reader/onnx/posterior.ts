import { classCount } from './alphabet';
import { hypotheses } from './ctc';
import type { Reading, Recognised } from './recogniser';
import { formatWeights, type WeighText } from './serial-formats';

export interface Guess {
  readonly text: string;
  /** 0 to 1; what is missing to a sum of 1 belongs to texts that are not listed. */
  readonly probability: number;
}

export const plateLength = { min: 2, max: 8 } as const;

/** Temperature at which probabilities of rendered photos that no training saw came true best. */
const calibrated = 0.8;
/** The weight of texts outside the list: some have a plate's format. */
const unlistedWeight = 0.15;

/**
 * What a plate says: guesses, best first. The crops are equally likely views; the serial formats of the states weigh
 * in (Bayes) and say which zeros are letters O.
 */
export function platePosterior({ readings, states }: Recognised, temperature = calibrated): Guess[] {
  const likelihoods = new Map<string, number>();
  for (const reading of readings) {
    for (const { text, probability } of hypotheses(tempered(reading, temperature))) {
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

/** The reading with its log probabilities divided by the temperature, and normalised again in each column. */
function tempered({ columns, logProbability }: Reading, temperature: number): Reading {
  const sharpened = new Float32Array(logProbability.length);
  for (let from = 0; from < logProbability.length; from += classCount) {
    const column = logProbability.subarray(from, from + classCount);
    const sum = column.reduce((all, each) => all + Math.exp(each / temperature), 0);
    column.forEach((each, at) => {
      sharpened[from + at] = each / temperature - Math.log(sum);
    });
  }
  return { columns, logProbability: sharpened };
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
