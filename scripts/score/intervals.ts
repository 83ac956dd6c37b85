import { seededChance } from '../scenes/random';
import { type Label, type PhotoSightings, type Score, scoreSightings } from './score-sightings';

const resamples = 1000;
const seed = 7;

export type Interval = readonly [low: number, high: number];

/**
 * 95 % intervals of the rates in percent: photos drawn again with replacement, a thousand times (Efron's percentile
 * bootstrap), from a fixed seed.
 */
export function bootstrap(labels: readonly Label[], byName: ReadonlyMap<string, PhotoSightings>) {
  const chance = seededChance(seed);
  const single = labels.map((label) => scoreSightings([label], byName));
  const draws = Array.from({ length: resamples }, () =>
    single
      .map((_, __, all) => all[Math.floor(chance.between(0, all.length))])
      .filter((score) => score !== undefined),
  );
  const interval = (count: (score: Score) => number): Interval => {
    const rates = draws
      .map((scores) => scores.reduce((sum, score) => sum + count(score), 0) / Math.max(1, scores.length))
      .sort((a, b) => a - b);
    const at = (share: number) => rounded(100 * (rates[Math.floor(share * (rates.length - 1))] ?? 0), 1);
    return [at(0.025), at(0.975)];
  };
  return {
    located: interval(({ located }) => located),
    exact: interval(({ exact }) => exact),
    inTen: interval(({ inTen }) => inTen),
    accepted: interval(({ accepted, partial, falseReads }) => accepted + partial + falseReads),
    falseReads: interval(({ falseReads }) => falseReads),
    abstained: interval(({ abstained }) => abstained),
  };
}

/** How sure a reader was of a read, 0 to 1, and whether it was right. */
export interface Belief {
  readonly confidence: number;
  readonly isRight: boolean;
}

const binCount = 10;

/** How far confidences can be believed: expected calibration error over ten bins, and the Brier score. */
export function reliability(beliefs: readonly Belief[]) {
  const bins = Array.from({ length: binCount }, (_, bin) => {
    const inside = beliefs.filter(
      ({ confidence }) => Math.min(binCount - 1, Math.floor(confidence * binCount)) === bin,
    );
    return {
      from: bin / binCount,
      count: inside.length,
      confidence: rounded(mean(inside.map(({ confidence }) => confidence)), 3),
      right: rounded(mean(inside.map(({ isRight }) => (isRight ? 1 : 0))), 3),
    };
  }).filter(({ count }) => count > 0);
  const gaps = bins.map(({ count, confidence, right }) => count * Math.abs(confidence - right));
  const error = gaps.reduce((a, b) => a + b, 0) / Math.max(1, beliefs.length);
  return {
    errorPercent: rounded(100 * error, 1),
    brier: rounded(mean(beliefs.map(({ confidence, isRight }) => (confidence - (isRight ? 1 : 0)) ** 2)), 4),
    bins,
  };
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
