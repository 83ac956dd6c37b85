import { mapBounded } from '../../../core/search/bounded';

it('keeps the order and never has more under way than the limit', async () => {
  let underWay = 0;
  let most = 0;
  const doubled = await mapBounded([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay--;
    return item * 2;
  });
  expect(doubled).toEqual([2, 4, 6, 8, 10, 12, 14]);
  expect(most).toBe(3);
});

it('starts nothing new after a failure', async () => {
  const started: number[] = [];
  const run = mapBounded([1, 2, 3, 4, 5], 2, async (item) => {
    started.push(item);
    await new Promise((resolve) => setImmediate(resolve));
    if (item === 1) throw new Error('made-up failure');
  });
  await expect(run).rejects.toThrow('made-up failure');
  await new Promise((resolve) => setImmediate(resolve));
  expect(started).toEqual([1, 2]);
});
