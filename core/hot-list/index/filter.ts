/**
 * Tells most keys that are not on a list from one word of memory: a Bloom filter whose four bits of a key all lie in one
 * 32-bit block (Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007). It says no to
 * nothing that was put in; of other keys it lets one in about fifty through, at worst one in twenty.
 */
const bitsPerKeyMin = 10;

/** A power of two of words, so that finding the block is one mask. */
export function filterWordsFor(keys: number): number {
  return powerOfTwoFrom((keys * bitsPerKeyMin) / 32);
}

export function addToFilter(words: Uint32Array, hash: number, bits = bitsOf(hash)): void {
  const block = hash & (words.length - 1);
  words[block] = (words[block] ?? 0) | bits;
}

export function mayContain(words: Uint32Array, hash: number): boolean {
  const bits = bitsOf(hash);
  return ((words[hash & (words.length - 1)] ?? 0) & bits) === bits;
}

/** At least 1, and at least that many. */
export function powerOfTwoFrom(count: number): number {
  let power = 1;
  while (power < count) power *= 2;
  return power;
}

/** Four of a block's bits. From bits of another mixing than the block's, so that keys of one block differ here. */
export function bitsOf(hash: number): number {
  const mixed = Math.imul(hash ^ 0x5bd1e995, 0x27d4eb2f);
  return (
    (1 << (mixed >>> 27)) |
    (1 << ((mixed >>> 22) & 31)) |
    (1 << ((mixed >>> 17) & 31)) |
    (1 << ((mixed >>> 12) & 31))
  );
}
