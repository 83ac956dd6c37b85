import type { Sighting } from '../../core/reads/reader';

/** Probability of each text that a sighting may say; O counts as 0, and what is missing to 1 belongs to other texts. */
export type Distribution = ReadonlyMap<string, number>;

export function distributionOf({ plate, confidence, candidates }: Sighting): Distribution {
  const texts = new Map<string, number>();
  const add = (text: string, probability: number) => {
    const folded = foldedText(text);
    if (!folded.includes('?')) texts.set(folded, Math.max(texts.get(folded) ?? 0, probability));
  };
  add(plate, confidence);
  for (const candidate of candidates) add(candidate.plate, candidate.probability);
  return texts;
}

/** Whether O or 0 is meant, the frames seldom agree on; the serial formats decided it in each. */
export const foldedText = (text: string): string => text.replaceAll('O', '0');

/** How alike two distributions are: 0 without a common text, 1 when both are sure of the same (Bhattacharyya). */
export function likeness(a: Distribution, b: Distribution): number {
  let sum = 0;
  for (const [text, probability] of a) sum += Math.sqrt(probability * (b.get(text) ?? 0));
  return sum;
}
