import { type Hash, nodeHash, sameBytes } from '../hash';

/** The hash over the leaves `index * 2**level` to before `(index + 1) * 2**level`. */
export type Subtree = (level: number, index: number) => Hash;

/** The audit path of a leaf in a tree of `size` leaves, from the leaf up (RFC 6962, 2.1.1). */
export function inclusionPath(index: number, size: number, subtree: Subtree): readonly Hash[] {
  const path: Hash[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      path.unshift(rangeHash(middle, end, subtree));
      end = middle;
    } else {
      path.unshift(rangeHash(start, middle, subtree));
      start = middle;
    }
  }
  return path;
}

/** The proof that a tree of `older` leaves is the beginning of one of `newer` (RFC 6962, 2.1.2); 0 < older <= newer. */
export function consistencyPath(older: number, newer: number, subtree: Subtree): readonly Hash[] {
  const path: Hash[] = [];
  let [start, end] = [0, newer];
  while (end !== older) {
    const middle = start + splitOf(end - start);
    if (older <= middle) {
      path.unshift(rangeHash(middle, end, subtree));
      end = middle;
    } else {
      path.unshift(rangeHash(start, middle, subtree));
      start = middle;
    }
  }
  return start === 0 ? path : [rangeHash(start, end, subtree), ...path];
}

/** Whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2). */
export function provesInclusion(claim: {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly path: readonly Hash[];
  readonly root: Hash;
}): boolean {
  if (!isWhole(claim.index) || !isWhole(claim.size) || claim.index >= claim.size) return false;
  let [node, last] = [claim.index, claim.size - 1];
  let hash = claim.leaf;
  for (const sibling of claim.path) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(hash, claim.root);
}

/** Whether the path shows the older tree to be the beginning of the newer one (RFC 9162, 2.1.4.2). */
export function provesConsistency(claim: {
  readonly older: { readonly size: number; readonly root: Hash };
  readonly newer: { readonly size: number; readonly root: Hash };
  readonly path: readonly Hash[];
}): boolean {
  const { older, newer } = claim;
  if (!isWhole(older.size) || !isWhole(newer.size) || older.size > newer.size) return false;
  if (older.size === newer.size) return claim.path.length === 0 && sameBytes(older.root, newer.root);
  if (older.size === 0) return claim.path.length === 0;
  let [node, last] = [older.size - 1, newer.size - 1];
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  const [first, ...rest] = isPowerOfTwo(older.size) ? [older.root, ...claim.path] : claim.path;
  if (first === undefined) return false;
  let [hashOlder, hashNewer] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hashOlder = nodeHash(sibling, hashOlder);
      hashNewer = nodeHash(sibling, hashNewer);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hashNewer = nodeHash(hashNewer, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(hashOlder, older.root) && sameBytes(hashNewer, newer.root);
}

/** The Merkle Tree Hash of a range that begins at a multiple of the largest power of two in it. */
function rangeHash(start: number, end: number, subtree: Subtree): Hash {
  const length = end - start;
  if (isPowerOfTwo(length)) return subtree(Math.log2(length), start / length);
  const middle = start + splitOf(length);
  return nodeHash(rangeHash(start, middle, subtree), rangeHash(middle, end, subtree));
}

/** The largest power of two below `length`, which is at least 2. */
function splitOf(length: number): number {
  let power = 1;
  while (power * 2 < length) power *= 2;
  return power;
}

/** Sizes go beyond 32 bits, so no bit operators. */
const half = (value: number) => Math.floor(value / 2);
const isOdd = (value: number) => value % 2 === 1;
const isWhole = (value: number) => Number.isSafeInteger(value) && value >= 0;
const isPowerOfTwo = (value: number) => 2 ** Math.round(Math.log2(value)) === value;
