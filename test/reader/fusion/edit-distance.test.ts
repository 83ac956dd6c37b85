import { editDistance } from '../../../reader/fusion/edit-distance';

it.each([
  ['TEST123', 'TEST123', 0],
  ['TEST123', 'TEST128', 1],
  ['TEST123', 'TEST12', 1],
  ['EST123', 'TEST123', 1],
  ['TE?T123', 'TEST123', 0],
  ['TEST123', 'FAKE456', 7],
  ['', 'TEST', 4],
])('counts between %s and %s the characters to change: %i', (a, b, count) => {
  expect(editDistance(a, b)).toBe(count);
});
