import fc from 'fast-check';
import { isInside } from '../../../core/sharing/geofence';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });
/** Shaped like an L: the square 0..4 without its upper right quarter. */
const border = [at(0, 0), at(0, 4), at(2, 4), at(2, 2), at(4, 2), at(4, 0)];

it.each([
  ['in the middle', at(1, 1), true],
  ['in the arm to the east', at(1, 3), true],
  ['in the arm to the north', at(3, 1), true],
  ['in the quarter that is left out', at(3, 3), false],
  ['to the west', at(1, -0.001), false],
  ['to the north', at(4.001, 1), false],
  ['on an edge', at(0, 2), true],
  ['on the inner corner', at(2, 2), true],
  ['on an outer corner', at(4, 0), true],
  ['on the line of an edge, beyond it', at(0, 5), false],
  ['level with a corner, outside', at(2, 5), false],
  ['level with a corner, to the west', at(2, -1), false],
])('a place %s is told right [Policy-I]', (_, place, expected) => {
  expect(isInside(border, place)).toBe(expected);
  expect(isInside([...border].reverse(), place)).toBe(expected);
});

it('agrees with the plain rule of a rectangle, edges included [Policy-I]', () => {
  const rectangle = [at(40.5, -89.03), at(40.56, -89.03), at(40.56, -88.9), at(40.5, -88.9)];
  const latitude = fc.integer({ min: 40_490, max: 40_570 }).map((each) => each / 1000);
  const longitude = fc.integer({ min: -89_040, max: -88_890 }).map((each) => each / 1000);
  fc.assert(
    fc.property(latitude, longitude, (lat, lon) => {
      const expected = lat >= 40.5 && lat <= 40.56 && lon >= -89.03 && lon <= -88.9;
      expect(isInside(rectangle, at(lat, lon))).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

it('says no to a place that is no number', () => {
  expect(isInside(border, at(Number.NaN, 1))).toBe(false);
});
