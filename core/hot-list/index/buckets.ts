import { powerOfTwoFrom } from './filter';

/**
 * Things sorted by hash without an empty place between them: bucket b's stand from `directory[b]` to before
 * `directory[b + 1]`.
 */
export interface Buckets {
  readonly directory: Uint32Array;
  /** The place of each thing, in the order in which their hashes were given. */
  readonly places: Uint32Array;
}

export function bucketsFor(things: number, perBucket: number): number {
  return powerOfTwoFrom(things / perBucket);
}

/** Sorts by counting: two passes, and equal buckets stay in the order given. */
export function sortIntoBuckets(hashes: Int32Array, buckets: number): Buckets {
  const mask = buckets - 1;
  const directory = new Uint32Array(buckets + 1);
  for (const hash of hashes) directory[(hash & mask) + 1] = (directory[(hash & mask) + 1] ?? 0) + 1;
  for (let bucket = 0; bucket < buckets; bucket++)
    directory[bucket + 1] = (directory[bucket + 1] ?? 0) + (directory[bucket] ?? 0);

  const next = directory.slice();
  const places = new Uint32Array(hashes.length);
  hashes.forEach((hash, at) => {
    const place = next[hash & mask] ?? 0;
    places[at] = place;
    next[hash & mask] = place + 1;
  });
  return { directory, places };
}
