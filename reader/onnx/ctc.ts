import { blankClass, classCount, glyphOf } from './alphabet';
import type { Reading } from './recogniser';

export interface Hypothesis {
  readonly text: string;
  /** Probability that the plate says exactly this, over all alignments that the beam kept. */
  readonly probability: number;
}

interface Beam {
  readonly text: string;
  /** Probability of the paths that end in a blank, and of those that end in the last character. */
  blank: number;
  character: number;
}

const beamWidth = 12;
/** Less likely classes are not followed: e⁻⁷. */
const classMin = 9e-4;

/** The most probable texts of a reading, best first (CTC prefix beam search; Graves, 2012, ch. 7). */
export function hypotheses(reading: Reading): Hypothesis[] {
  let beams: Beam[] = [{ text: '', blank: 1, character: 0 }];
  for (let column = 0; column < reading.columns; column++) {
    const next = new Map<string, Beam>();
    const likely = likelyClasses(reading, column);
    const blank = probabilityAt(reading, column, blankClass);
    for (const beam of beams) {
      const whole = beam.blank + beam.character;
      beamOf(next, beam.text).blank += whole * blank;
      for (const { glyph, p } of likely) {
        if (beam.text.endsWith(glyph)) {
          beamOf(next, beam.text).character += beam.character * p;
          beamOf(next, beam.text + glyph).character += beam.blank * p;
        } else {
          beamOf(next, beam.text + glyph).character += whole * p;
        }
      }
    }
    beams = [...next.values()]
      .filter((beam) => total(beam) > 0)
      .sort((a, b) => total(b) - total(a))
      .slice(0, beamWidth);
  }
  return beams.map((beam) => ({ text: beam.text, probability: total(beam) }));
}

function likelyClasses(reading: Reading, column: number): { glyph: string; p: number }[] {
  const likely: { glyph: string; p: number }[] = [];
  for (let each = 1; each < classCount; each++) {
    const p = probabilityAt(reading, column, each);
    if (p > classMin) likely.push({ glyph: glyphOf(each), p });
  }
  return likely;
}

function beamOf(beams: Map<string, Beam>, text: string): Beam {
  const known = beams.get(text);
  if (known !== undefined) return known;
  const made = { text, blank: 0, character: 0 };
  beams.set(text, made);
  return made;
}

const probabilityAt = ({ logProbability }: Reading, column: number, of: number) =>
  Math.exp(logProbability[column * classCount + of] ?? Number.NEGATIVE_INFINITY);
const total = ({ blank, character }: Beam) => blank + character;
