import { blankClass, classCount, glyphs } from './alphabet';
import type { Reading } from './recogniser';

export interface Hypothesis {
  readonly text: string;
  /** Natural logarithm of the probability that the strip says exactly this. */
  readonly logProbability: number;
}

interface Beam {
  /** Probability of the paths that end in a blank, and of those that end in the last character. */
  blank: number;
  character: number;
}

const classesPerStep = 6;
const floor = 1e-30;

/** The most probable texts of a reading, best first (CTC prefix beam search; Graves, 2012, ch. 7). */
export function hypotheses(reading: Reading, beamWidth: number): Hypothesis[] {
  let beams = new Map<string, Beam>([['', { blank: 1, character: 0 }]]);
  for (let step = 0; step < reading.steps; step++) {
    const next = new Map<string, Beam>();
    const likely = likelyClasses(reading, step);
    for (const [text, { blank, character }] of beams) {
      for (const { glyph, p } of likely) {
        if (glyph === '') {
          beamOf(next, text).blank += (blank + character) * p;
        } else if (text.endsWith(glyph)) {
          beamOf(next, text).character += character * p;
          beamOf(next, text + glyph).character += blank * p;
        } else {
          beamOf(next, text + glyph).character += (blank + character) * p;
        }
      }
    }
    beams = best(next, beamWidth);
  }
  return [...beams].map(([text, beam]) => ({ text, logProbability: Math.log(total(beam) + floor) }));
}

/** How probable one text is in a reading, over all its alignments (CTC forward pass). */
export function logProbabilityOf(reading: Reading, text: string): number {
  const labels = [blankClass, ...[...text].flatMap((character) => [glyphs.indexOf(character), blankClass])];
  let paths: number[] = labels.map((_, state) => (state === 0 ? 1 : 0));
  for (let step = 0; step < reading.steps; step++) {
    const before = paths;
    paths = labels.map((label, state) => {
      const stay = before[state] ?? 0;
      const advance = step === 0 ? (state === 1 ? 1 : 0) : (before[state - 1] ?? 0);
      const skips = step > 0 && label !== blankClass && label !== labels[state - 2];
      return (stay + advance + (skips ? (before[state - 2] ?? 0) : 0)) * at(reading, step, label);
    });
  }
  return Math.log((paths.at(-1) ?? 0) + (paths.length > 1 ? (paths.at(-2) ?? 0) : 0) + floor);
}

function likelyClasses(reading: Reading, step: number): { glyph: string; p: number }[] {
  return Array.from({ length: classCount }, (_, of) => ({
    glyph: glyphs[of] ?? '',
    p: at(reading, step, of),
  }))
    .filter(({ p }) => p > 1e-4)
    .sort((a, b) => b.p - a.p)
    .slice(0, classesPerStep);
}

function beamOf(beams: Map<string, Beam>, text: string): Beam {
  const known = beams.get(text);
  if (known !== undefined) return known;
  const made = { blank: 0, character: 0 };
  beams.set(text, made);
  return made;
}

const best = (beams: ReadonlyMap<string, Beam>, width: number) =>
  new Map([...beams].sort(([, a], [, b]) => total(b) - total(a)).slice(0, width));

const total = ({ blank, character }: Beam) => blank + character;
const at = ({ probability }: Reading, step: number, of: number) => probability[step * classCount + of] ?? 0;
