import fc from 'fast-check';
import { distanceM } from '../../../core/reads/camera';

const position = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('distance', () => {
  it('is a degree of latitude between neighbouring parallels, within a metre', () => {
    const distance = distanceM({ latitude: 40, longitude: -89 }, { latitude: 41, longitude: -89 });
    expect(distance).toBeGreaterThan(111_194);
    expect(distance).toBeLessThan(111_196);
  });

  it('is shorter along a parallel nearer to the pole, and small across the date line', () => {
    expect(distanceM({ latitude: 60, longitude: 0 }, { latitude: 60, longitude: 1 })).toBeCloseTo(55_597, -1);
    expect(
      distanceM({ latitude: 0, longitude: 179.9999 }, { latitude: 0, longitude: -179.9999 }),
    ).toBeLessThan(23);
  });

  it('is the same both ways, zero to itself, and never more than half the globe', () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        expect(distanceM(a, b)).toBeCloseTo(distanceM(b, a), 3);
        expect(distanceM(a, a)).toBe(0);
        expect(distanceM(a, b)).toBeLessThan(20_015_200);
      }),
    );
  });
});
