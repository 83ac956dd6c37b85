import { blankClass, classCount, glyphs } from '../../../reader/ppocr/alphabet';
import { platePosterior } from '../../../reader/ppocr/posterior';
import { couldBePlate } from '../../../reader/text/plate-geometry';
import { stateNamed } from '../../../reader/text/plate-words';
import { formatWeight } from '../../../reader/text/us-formats';

function view(text: string, doubt: Readonly<Record<number, readonly [string, number]>> = {}) {
  const probability = new Float32Array(2 * text.length * classCount);
  [...text].forEach((glyph, at) => {
    const [other, p] = doubt[at] ?? [glyph, 0];
    probability[2 * at * classCount + glyphs.indexOf(other)] = p;
    probability[2 * at * classCount + glyphs.indexOf(glyph)] = 1 - p;
    probability[(2 * at + 1) * classCount + blankClass] = 1;
  });
  return { steps: 2 * text.length, probability };
}

describe('weighing what a line says', () => {
  it('lets the format of plates decide between look-alikes', () => {
    expect(platePosterior([view('ABCI23', { 3: ['1', 0.35] })]).guesses[0]?.text).toBe('ABC123');
  });

  it('keeps an unusual plate whose picture is clear', () => {
    expect(platePosterior([view('T3ST7XW')]).guesses[0]?.text).toBe('T3ST7XW');
  });

  it('is unsure where its views disagree', () => {
    const agreed = platePosterior([view('ABC123'), view('ABC123')]).guesses[0]?.probability ?? 0;
    const split = platePosterior([view('ABC123'), view('ABC129')]).guesses[0]?.probability ?? 0;
    expect(agreed).toBeGreaterThan(0.7);
    expect(split).toBeLessThan(0.55);
  });

  it('never lets the guesses sum to more than one', () => {
    const { guesses } = platePosterior([view('ABC123', { 5: ['8', 0.4] })]);
    expect(guesses.reduce((sum, { probability }) => sum + probability, 0)).toBeLessThanOrEqual(1.000001);
    expect(guesses.slice(0, 2).map(({ text }) => text)).toEqual(['ABC123', 'ABC128']);
  });

  it('says nothing where nothing has the length of a plate', () => {
    expect(
      platePosterior([view('A')]).guesses.filter(({ text }) => text.length > 8 || text.length < 2),
    ).toEqual([]);
  });

  it.each([
    ['ABC1234', 1],
    ['1234567', 0.3],
    ['A1B2C3D4', 0.02],
    ['A1', 0.002],
  ])('weighs the format of %s as %d', (text, weight) => {
    expect(formatWeight(text)).toBe(weight);
  });
});

describe('state names', () => {
  it.each([
    ['ILLINOIS', 'IL'],
    ['NEWYORK', 'NY'],
    ['ILLIN0IS', 'IL'],
    ['OHIO', 'OH'],
    ['OHIQ', undefined],
    ['PARKING', undefined],
  ])('reads %s as %s', (text, state) => {
    expect(stateNamed(text)).toBe(state);
  });
});

describe('the geometry of a serial', () => {
  const line = { centre: { x: 0, y: 0 }, width: 100, height: 30, angle: 0 };
  it.each([
    ['a serial', line, true],
    ['too small to read', { ...line, width: 25, height: 7 }, false],
    ['upright text', { ...line, width: 20 }, false],
    ['a long sign', { ...line, width: 300 }, false],
    ['steep text', { ...line, angle: 0.7 }, false],
  ])('%s', (_, rectangle, expected) => {
    expect(couldBePlate(rectangle)).toBe(expected);
  });
});
