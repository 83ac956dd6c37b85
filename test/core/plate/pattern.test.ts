import fc from 'fast-check';
import { isExact, matchesPattern, type PlatePattern, parsePattern } from '../../../core/plate/pattern';
import { madePlate } from './made-plate';

describe('a pattern', () => {
  it.each([
    ['te-st 12', 'TEST12'],
    ['TES*', 'TES*'],
    ['t?s*1', 'T?S*1'],
    ['**T**ES*', '*T*ES*'],
    ['AB', 'AB'],
  ])('is normalised like a plate: %s', (text, pattern) => {
    expect(parsePattern(text)).toBe(pattern);
  });

  it.each(['*', 'T*', 'TE*', 'T?E', 'TE????', '*TE*', ''])(
    'with wildcards and fewer than three known characters is refused: %j [Def]',
    (text) => {
      expect(parsePattern(text)).toBeUndefined();
    },
  );

  it.each(['TEST12345678', 'TEST1?????*?', 'TE%T', 'T\nES'])(
    'that no plate could match is refused: %j',
    (text) => {
      expect(parsePattern(text)).toBeUndefined();
    },
  );

  it('is exact without wildcards', () => {
    expect(isExact(pattern('TEST12'))).toBe(true);
    expect(isExact(pattern('TEST1?'))).toBe(false);
    expect(isExact(pattern('TEST*'))).toBe(false);
  });

  it.each([
    ['TEST12', 'TEST12', true],
    ['TEST12', 'TEST13', false],
    ['TEST12', 'TEST1?', true],
    ['TEST?2', 'TEST12', true],
    ['TEST?2', 'TEST2', false],
    ['TES*', 'TES', true],
    ['TES*', 'TEST123', true],
    ['*123', 'TEST123', true],
    ['*123', 'TEST1234', false],
    ['T*S*3', 'TEST123', true],
    ['*ST1*', 'TE?T123', true],
    ['*ST1*', 'TE??123', true],
    ['TES**', 'TES1', true],
    ['1*1*1', '1211', true],
    ['1*1*1', '121', false],
  ])('%s and %s: %s', (text, plate, matches) => {
    expect(matchesPattern(pattern(text), madePlate(plate))).toBe(matches);
  });

  it('matches what the regular expression of the same meaning matches', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A12?*]{3,9}$/), fc.stringMatching(/^[A12?]{2,10}$/), (text, plate) => {
        const parsed = parsePattern(text);
        fc.pre(parsed !== undefined);
        const meaning = [...text].map((each) => (each === '*' ? '.*' : each === '?' ? '.' : `[${each}?]`));
        expect(matchesPattern(parsed, madePlate(plate))).toBe(
          new RegExp(`^${meaning.join('')}$`).test(plate),
        );
      }),
      { numRuns: 500 },
    );
  });
});

function pattern(text: string): PlatePattern {
  const parsed = parsePattern(text);
  if (parsed === undefined) throw new Error(`${text} is no pattern`);
  return parsed;
}
