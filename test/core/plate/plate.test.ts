import fc from 'fast-check';
import { isComplete, knownCharacters, parsePlate } from '../../../core/plate/plate';
import { madePlate } from './made-plate';

describe('a plate', () => {
  it.each([
    ['test 123', 'TEST123'],
    ['TE-ST.1', 'TEST1'],
    ['te?t', 'TE?T'],
    ['  ab ', 'AB'],
    ['0123456789', '0123456789'],
  ])('is the same however it was typed: %s', (text, plate) => {
    expect(parsePlate(text)).toBe(plate);
  });

  it.each(['', 'A', '01234567890', 'TEST*', 'TEST\n1', 'TESTß', 'TESTı', 'ＴＥＳＴ', 'A\u00001'])(
    'is not made of %j',
    (text) => {
      expect(parsePlate(text)).toBeUndefined();
    },
  );

  it('is parsed to itself, whatever text it came from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plate = parsePlate(text);
        if (plate !== undefined) {
          expect(plate).toMatch(/^[A-Z0-9?]{2,10}$/);
          expect(parsePlate(plate)).toBe(plate);
        }
      }),
    );
  });

  it('is complete when every character was read', () => {
    expect(isComplete(madePlate('TEST12'))).toBe(true);
    expect(isComplete(madePlate('TEST1?'))).toBe(false);
    expect(knownCharacters(madePlate('??ST1?'))).toBe(3);
  });
});
