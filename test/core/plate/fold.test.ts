import fc from 'fast-check';
import { foldPlate } from '../../../core/plate/fold';
import { parsePlate } from '../../../core/plate/plate';
import { madePlate } from './made-plate';

describe('folding', () => {
  it.each([
    ['0OQD', '0000'],
    ['1IL', '111'],
    ['8B', '88'],
    ['5S', '55'],
    ['2Z', '22'],
    ['6G', '66'],
    ['ACEFHJKMNP', 'ACEFHJKMNP'],
    ['RTUVWXY347', 'RTUVWXY347'],
    ['9?', '9?'],
  ])('makes %s into %s', (plate, folded) => {
    expect(foldPlate(madePlate(plate))).toBe(folded);
  });

  it('keeps the length and the place of what could not be read, and folds once', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9?]{2,10}$/), (text) => {
        const folded = foldPlate(madePlate(text));
        expect(folded.replace(/[^?]/g, '.')).toBe(text.replace(/[^?]/g, '.'));
        expect(foldPlate(madePlate(folded))).toBe(folded);
        expect(parsePlate(folded)).toBe(folded);
      }),
    );
  });
});
