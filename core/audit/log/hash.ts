import { createHash } from 'node:crypto';

/** SHA-256, 32 bytes. */
export type Hash = Uint8Array;

export const hashBytes = 32;

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** The Merkle Tree Hash of no leaves (RFC 6962, 2.1). */
export const emptyRoot = (): Hash => createHash('sha256').digest();

/** The hash of one log entry as a leaf (RFC 6962, 2.1). */
export function leafHash(entry: Uint8Array): Hash {
  return createHash('sha256').update(leafPrefix).update(entry).digest();
}

/** The hash of two subtrees side by side (RFC 6962, 2.1); its prefix keeps a node from posing as a leaf. */
export function nodeHash(left: Hash, right: Hash): Hash {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}
