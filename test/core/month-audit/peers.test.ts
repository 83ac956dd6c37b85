import { binomialTail, isBeyondChance, peerRate } from '../../../core/month-audit/peers';

it.each([
  [10, 300, 0.005, 3.67187065e-6],
  [8, 300, 0.003, 4.47342417e-6],
  [20, 112, 0.075, 2.42625807e-4],
])('gives the probability of %d or more of %d at a rate of %d', (count, of, rate, probability) => {
  expect(binomialTail({ count, of }, rate) / probability).toBeCloseTo(1, 6);
});

it('takes for beyond chance what one honest month in a hundred thousand may bring', () => {
  expect(isBeyondChance({ count: 8, of: 300 }, 0.003)).toBe(true);
  expect(isBeyondChance({ count: 7, of: 300 }, 0.003)).toBe(false);
  expect(isBeyondChance({ count: 0, of: 0 }, 0.003)).toBe(false);
});

it('finds nothing in who does it less than the others, of however many', () => {
  for (const of of [300, 20_000, 1_000_000]) expect(isBeyondChance({ count: 1, of }, 0.05)).toBe(false);
});

it('measures against the others without the tenth that does it most, and never below the floor', () => {
  const honest = Array.from({ length: 18 }, () => ({ count: 2, of: 100 }));
  const misusers = Array.from({ length: 2 }, () => ({ count: 90, of: 100 }));
  expect(peerRate([...honest, ...misusers], 0.01)).toBeCloseTo(0.03, 10);
  expect(peerRate([], 0.01)).toBe(0.01);
});
