import fc from 'fast-check';
import { blankClass, classCount, glyphs } from '../../../reader/onnx/alphabet';
import { hypotheses } from '../../../reader/onnx/ctc';
import { platePosterior } from '../../../reader/onnx/posterior';
import { together } from '../../../reader/onnx/recogniser';
import { formatWeights, stateCodes } from '../../../reader/onnx/serial-formats';

/** One column for each entry: probabilities by glyph, `_` for blank. */
function reading(...columns: readonly Readonly<Record<string, number>>[]) {
  const logProbability = new Float32Array(columns.length * classCount).fill(Number.NEGATIVE_INFINITY);
  columns.forEach((column, at) => {
    for (const [glyph, p] of Object.entries(column)) {
      const of = glyph === '_' ? blankClass : glyphs.indexOf(glyph) + 1;
      logProbability[at * classCount + of] = Math.log(p);
    }
  });
  return { columns: columns.length, logProbability };
}

/** A clear reading of a text, with a doubt at some places. */
function says(text: string, doubts: Readonly<Record<number, readonly [string, number]>> = {}) {
  const columns = [...text].flatMap((glyph, at) => {
    const [other, p] = doubts[at] ?? [glyph, 0];
    return [p === 0 ? { [glyph]: 1 } : { [glyph]: 1 - p, [other]: p }, { _: 1 }];
  });
  return reading(...columns);
}

const nowhere = stateCodes.map(() => 0).concat(1);
const from = (code: string) => stateCodes.map((each) => (each === code ? 1 : 0)).concat(0);
const best = (...readings: ReturnType<typeof says>[]) => platePosterior({ readings, states: nowhere })[0];

describe('decoding what the recogniser saw', () => {
  it('merges repeats without a blank between them and keeps them with one', () => {
    expect(hypotheses(reading({ A: 1 }, { A: 1 }, { _: 1 }, { A: 1 }, { '7': 1 }))[0]?.text).toBe('AA7');
  });

  it('prefers the text of many alignments to the single best path, and adds them up', () => {
    const [first] = hypotheses(reading({ _: 0.6, A: 0.4 }, { _: 0.6, A: 0.4 }));
    expect(first?.text).toBe('A');
    expect(first?.probability).toBeCloseTo(0.64, 5);
  });

  it('never gives texts more probability than there is', () => {
    const column = fc.record({ A: fc.double({ min: 0.01, max: 0.5, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 12 }), (columns) => {
        const texts = hypotheses(reading(...columns.map(({ A }) => ({ A, B: 0.3, _: 0.7 - A }))));
        const sum = texts.reduce((whole, { probability }) => whole + probability, 0);
        expect(sum).toBeLessThanOrEqual(1.00001);
      }),
    );
  });
});

describe('weighing what a plate says', () => {
  it('lets the formats of plates decide between look-alikes', () => {
    expect(best(says('ABCI234', { 3: ['1', 0.4] }))?.text).toBe('ABC1234');
  });

  it('keeps a confident reading that no format has', () => {
    expect(best(says('A1B2C3D', { 6: ['4', 0.05] }))?.text).toBe('A1B2C3D');
  });

  it('spells a zero as the letter only where the format has a letter', () => {
    expect(best(says('AB01204'))?.text).toBe('ABO1204');
    expect(best(says('ABC1204'))?.text).toBe('ABC1204');
  });

  it('is unsure where the crops of a plate disagree', () => {
    expect(best(says('ABC1234'), says('ABC1234'))?.probability).toBeGreaterThan(0.9);
    expect(best(says('ABC1234'), says('ABC1239'))?.probability).toBeLessThan(0.6);
  });

  it('says nothing where nothing has the length of a plate', () => {
    expect(best(says('A'))).toBeUndefined();
    expect(best(says('ABCDEFGH1'))).toBeUndefined();
  });

  it('weighs a format by the state that the plate seems to be from', () => {
    expect(formatWeights(from('CA'))('1ABC234')).toBeGreaterThan(formatWeights(from('VA'))('1ABC234'));
    expect(formatWeights(nowhere)('A1B2C3D')).toBeGreaterThan(0);
  });

  it('counts each crop alike when looks are put together', () => {
    const one = { readings: [says('ABC1234')], states: [0.9, 0.1] };
    const two = { readings: [says('ABC1234'), says('ABC1234')], states: [0.3, 0.7] };
    const both = together(one, two);
    expect(both.readings).toHaveLength(3);
    expect(both.states.map((p) => Number(p.toFixed(6)))).toEqual([0.5, 0.5]);
  });
});
