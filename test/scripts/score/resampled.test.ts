import { resampled } from '../../../scripts/score/resampled';

const share = (drawn: readonly boolean[]) => drawn.filter(Boolean).length / drawn.length;
const half = Array.from({ length: 100 }, (_, at) => at % 2 === 0);

describe('the interval of a figure', () => {
  it('is as wide as chance makes it: about a tenth to each side for half of a hundred', () => {
    const [low, high] = resampled(half, share);
    expect(low).toBeGreaterThan(0.37);
    expect(low).toBeLessThan(0.43);
    expect(high).toBeGreaterThan(0.57);
    expect(high).toBeLessThan(0.63);
  });

  it('is the same each time', () => {
    expect(resampled(half, share)).toEqual(resampled(half, share));
  });

  it('has no width where all results are alike', () => {
    expect(resampled([true, true, true], share)).toEqual([1, 1]);
  });
});
