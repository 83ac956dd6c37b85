import { foldPlate } from '../../core/plate/fold';
import { parsePlate } from '../../core/plate/plate';
import { formatWeight } from '../text/us-formats';

const glyphs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Whether the system's own confusion table makes the two characters equal. */
export function areLookAlikes(a: string, b: string): boolean {
  const both = parsePlate(a + b);
  return both !== undefined && new Set(foldPlate(both)).size === 1;
}

const lookAlikes = new Map(
  [...glyphs].map((glyph) => [
    glyph,
    [...glyphs].filter((other) => other !== glyph && areLookAlikes(glyph, other)),
  ]),
);

const swapsMax = 2;
/** A shape with less weight is not issued in series; only the most common shapes outweigh what was seen. */
const [unusual, common] = [0.1, 1];

/**
 * What a text that no state issues in series, such as `TST12O4`, is likely to be: the serials in a most common format
 * that the fewest swaps of look-alikes make of it. Empty for a text in a usual format, for one without a digit (words
 * are not turned into serials), and where no swap helps.
 */
export function inUsualFormat(text: string): string[] {
  if (text.includes('?') || !/[0-9]/.test(text) || formatWeight(text) >= unusual) return [];
  let variants = [text];
  for (let swaps = 0; swaps < swapsMax; swaps++) {
    variants = [...new Set(variants.flatMap(swappedOnce))];
    const best = Math.max(...variants.map(formatWeight));
    const winners = variants.filter((variant) => variant !== text && formatWeight(variant) === best);
    if (best >= common && winners.length > 0) return winners;
  }
  return [];
}

const swappedOnce = (text: string): string[] =>
  [...text].flatMap((glyph, at) =>
    (lookAlikes.get(glyph) ?? []).map((other) => text.slice(0, at) + other + text.slice(at + 1)),
  );
