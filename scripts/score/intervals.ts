import { type Interval, resampled } from './resampled';
import { type Label, type PhotoSightings, type Score, scoreSightings } from './score-sightings';

/** 95 % intervals of the rates in percent, of photos drawn again; each rate of the same draws. */
export function bootstrap(labels: readonly Label[], byName: ReadonlyMap<string, PhotoSightings>) {
  const single = labels.map((label) => scoreSightings([label], byName));
  const interval = (count: (score: Score) => number): Interval => {
    const [low, high] = resampled(single, (scores) => mean(scores.map(count)));
    return [rounded(100 * low, 1), rounded(100 * high, 1)];
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
