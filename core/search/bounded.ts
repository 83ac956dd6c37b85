/** Maps items in order, at most `limit` under way at once. The first rejection rejects the whole; no new item starts. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  limit: number,
  map: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const work = items.entries();
  let isGivenUp = false;
  const worker = async () => {
    for (const [at, item] of work) {
      if (isGivenUp) return;
      results[at] = await map(item).catch((error: unknown) => {
        isGivenUp = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
