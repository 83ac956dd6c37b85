import fc from 'fast-check';
import { blankClass, classCount, foldClasses, glyphs } from '../../../reader/ppocr/alphabet';
import { hypotheses, logProbabilityOf } from '../../../reader/ppocr/ctc';
import type { Reading } from '../../../reader/ppocr/recogniser';

/** One step for each entry: probabilities by glyph, `_` for blank. */
function reading(...steps: readonly Readonly<Record<string, number>>[]): Reading {
  const probability = new Float32Array(steps.length * classCount);
  steps.forEach((step, at) => {
    for (const [glyph, p] of Object.entries(step)) {
      probability[at * classCount + (glyph === '_' ? blankClass : glyphs.indexOf(glyph))] = p;
    }
  });
  return { steps: steps.length, probability };
}

describe('decoding what the recogniser saw', () => {
  it('merges repeats without a blank between them and keeps them with one', () => {
    expect(hypotheses(reading({ A: 1 }, { A: 1 }, { _: 1 }, { A: 1 }, { '7': 1 }), 4)[0]?.text).toBe('AA7');
  });

  it('adds up all alignments of a text', () => {
    const read = reading({ A: 0.6, _: 0.4 }, { A: 0.6, _: 0.4 });
    expect(Math.exp(logProbabilityOf(read, 'A'))).toBeCloseTo(0.84, 5);
    expect(Math.exp(logProbabilityOf(read, ''))).toBeCloseTo(0.16, 5);
    expect(Math.exp(logProbabilityOf(read, 'AA'))).toBeCloseTo(0, 5);
  });

  it('prefers the text of many alignments to the single best path', () => {
    expect(hypotheses(reading({ _: 0.6, A: 0.4 }, { _: 0.6, A: 0.4 }), 4)[0]?.text).toBe('A');
  });

  it('scores a text by search and by forward pass alike while the beam is wide enough', () => {
    const row = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
        const read = reading(
          ...rows.map(([a = 0, b = 0, blank = 0]) => ({ A: a / 3, B: b / 3, _: blank / 3 })),
        );
        for (const { text, logProbability } of hypotheses(read, 1000)) {
          expect(Math.exp(logProbabilityOf(read, text))).toBeCloseTo(Math.exp(logProbability), 3);
        }
      }),
    );
  });
});

describe('folding the recogniser classes', () => {
  it('reads small letters as capitals, separators as nothing and other scripts as no class', () => {
    expect([...foldClasses('a\nZ\n7\n-\n疗\n/\n')]).toEqual([
      blankClass,
      10,
      35,
      7,
      blankClass,
      -1,
      -1,
      blankClass,
    ]);
  });
});
