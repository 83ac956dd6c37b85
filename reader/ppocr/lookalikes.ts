import { classCount, glyphs } from './alphabet';
import type { Reading } from './recogniser';

/**
 * The recogniser is too sure between glyphs that plates draw almost alike. A share of each glyph's probability goes to
 * each of its look-alikes, so that the format of the whole plate can decide between them.
 */
export function withLookalikes({ steps, probability }: Reading): Reading {
  const out = Float32Array.from(probability);
  for (let step = 0; step < steps; step++) {
    const row = step * classCount;
    for (const [from, to] of pairs) {
      const moved = share * (probability[row + from] ?? 0);
      out[row + from] = (out[row + from] ?? 0) - moved;
      out[row + to] = (out[row + to] ?? 0) + moved;
    }
  }
  return { steps, probability: out };
}

const share = 0.03;
const groups = ['0ODQ', '1IL', '2Z', '5S', '6G', '8B', '4A', 'VY', 'UV', 'HMNW', 'CG', 'EF'];

/** Each ordered pair of classes that share a group. */
const pairs: readonly (readonly [number, number])[] = groups.flatMap((group) =>
  [...group].flatMap((from) =>
    [...group].filter((to) => to !== from).map((to) => [glyphs.indexOf(from), glyphs.indexOf(to)] as const),
  ),
);
