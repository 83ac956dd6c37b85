import fc from 'fast-check';
import { foldPlate } from '../../../core/plate/fold';
import { lookAlikesOf } from '../../../core/plate/look-alikes';
import { madePlate } from './made-plate';

it.each([
  ['TEXAN', 1, ['TEXAN']],
  ['ACE2', 2, ['ACE2', 'ACEZ']],
  ['A80', 8, ['A80', 'A8D', 'A8O', 'A8Q', 'AB0', 'ABD', 'ABO', 'ABQ']],
])('knows every plate that is read as %s: %i of them', (plate, count, first) => {
  expect(lookAlikesOf(madePlate(plate))).toEqual({ count, first });
});

it('counts them all and shows the first fifty', () => {
  const { count, first } = lookAlikesOf(madePlate('0000000000'));
  expect([count, first.length, first[0], first[49]]).toEqual([1_048_576, 50, '0000000000', '0000000Q0D']);
});

it('shows plates alone that fold to the same key, each once, in order, its own counted', () => {
  const character = fc.constantFrom(...'0ODQ1IL2Z5S6G8BAX7');
  fc.assert(
    fc.property(fc.array(character, { minLength: 2, maxLength: 4 }), (characters) => {
      const plate = madePlate(characters.join(''));
      const { count, first } = lookAlikesOf(plate);
      expect(new Set(first).size).toBe(Math.min(count, 50));
      expect([...first].sort()).toEqual(first);
      for (const each of first) expect(foldPlate(each)).toBe(foldPlate(plate));
      if (count <= 50) expect(first).toContain(plate);
    }),
  );
});
