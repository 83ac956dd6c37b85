/** How often something was seen. */
export type Counts = Record<string, number>;

export function add(counts: Counts, key: string, by = 1): void {
  counts[key] = (Object.hasOwn(counts, key) ? (counts[key] ?? 0) : 0) + by;
}

export function sumOf(counts: Readonly<Counts>): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}

/** These keys with 0 where nothing was seen, in this order, then the others by name. */
export function completed(keys: readonly string[], counts: Readonly<Counts>): Counts {
  const others = Object.keys(counts)
    .filter((key) => !keys.includes(key))
    .sort();
  return Object.fromEntries([...keys, ...others].map((key) => [key, counts[key] ?? 0]));
}
