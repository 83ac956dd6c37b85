import fc from 'fast-check';
import { minimumRectangle } from '../../../reader/image/rectangle';

const cornersOf = (width: number, height: number, angle: number) =>
  [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([x = 0, y = 0]) => ({
    x: 50 + (x * width * Math.cos(angle) - y * height * Math.sin(angle)) / 2,
    y: 40 + (x * width * Math.sin(angle) + y * height * Math.cos(angle)) / 2,
  }));

describe('the least rectangle around points', () => {
  it('finds a turned rectangle again from its corners', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 5, max: 200, noNaN: true }),
        fc.double({ min: 5, max: 200, noNaN: true }),
        fc.double({ min: -0.78, max: 0.78, noNaN: true }),
        (width, height, angle) => {
          const found = minimumRectangle(cornersOf(width, height, angle));
          expect(found.width).toBeCloseTo(width, 4);
          expect(found.height).toBeCloseTo(height, 4);
          expect(found.angle).toBeCloseTo(angle, 4);
          expect(found.centre.x).toBeCloseTo(50, 4);
          expect(found.centre.y).toBeCloseTo(40, 4);
        },
      ),
    );
  });

  it('gives a flat rectangle for points on a line and for one point', () => {
    expect(
      minimumRectangle([
        { x: 1, y: 2 },
        { x: 5, y: 2 },
        { x: 9, y: 2 },
      ]),
    ).toMatchObject({ width: 8, height: 0 });
    expect(minimumRectangle([{ x: 1, y: 2 }])).toMatchObject({ width: 0, height: 0, centre: { x: 1, y: 2 } });
  });
});
