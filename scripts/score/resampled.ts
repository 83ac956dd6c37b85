import { seededChance } from '../scenes/random';

const resamples = 1000;
const seed = 7;

export type Interval = readonly [low: number, high: number];

/**
 * The 95 % interval of a figure of some results: they are drawn again with replacement, a thousand times (Efron's
 * percentile bootstrap), from a fixed seed, so that figures of as many results are of the same draws.
 */
export function resampled<Result>(
  results: readonly Result[],
  figureOf: (drawn: readonly Result[]) => number,
): Interval {
  const chance = seededChance(seed);
  const figures = Array.from({ length: resamples }, () => figureOf(drawnFrom(results, chance))).sort(
    (a, b) => a - b,
  );
  const at = (share: number) => figures[Math.floor(share * (figures.length - 1))] ?? 0;
  return [at(0.025), at(0.975)];
}

function drawnFrom<Result>(results: readonly Result[], chance: ReturnType<typeof seededChance>): Result[] {
  return results.flatMap((_, __, all) => {
    const at = Math.floor(chance.between(0, all.length));
    return all.slice(at, at + 1);
  });
}
