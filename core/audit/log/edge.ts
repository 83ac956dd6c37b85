import { decodeFields, encodeFields, FieldsMalformed } from './fields';
import { emptyRoot, type Hash, hashBytes, leafHash, nodeHash } from './hash';
import { tilePath, tileWidth } from './tile-path';

/**
 * The right edge of the tree: all that is needed to append to it. `levels[l]` are the hashes of the partial tile at
 * level l (0 to 255 of them), `entries` those of the partial bundle.
 */
export interface Edge {
  readonly size: number;
  readonly entries: readonly Uint8Array[];
  readonly levels: readonly (readonly Hash[])[];
}

export interface LogObject {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Growth {
  readonly edge: Edge;
  /** Tiles and bundles that this growth filled; their bytes never change again. */
  readonly full: readonly LogObject[];
}

export const emptyEdge: Edge = { size: 0, entries: [], levels: [] };

/** The tree after these entries, which may fill any number of tiles. The same input gives the same bytes, always. */
export function grow(edge: Edge, entries: readonly Uint8Array[]): Growth {
  const full: LogObject[] = [];
  const bundle = [...edge.entries];
  const levels = edge.levels.map((hashes) => [...hashes]);
  const filled = levels.map((_, level) => Math.floor(edge.size / tileWidth ** (level + 1)));
  let bundles = Math.floor(edge.size / tileWidth);
  const push = (level: number, hash: Hash) => {
    levels[level] ??= [];
    const tile = levels[level];
    tile.push(hash);
    if (tile.length < tileWidth) return;
    const index = filled[level] ?? 0;
    filled[level] = index + 1;
    full.push({ path: tilePath({ level, index, width: tileWidth }), bytes: Buffer.concat(tile) });
    const root = treeHash(tile);
    levels[level] = [];
    push(level + 1, root);
  };
  for (const entry of entries) {
    bundle.push(entry);
    push(0, leafHash(entry));
    if (bundle.length < tileWidth) continue;
    const path = tilePath({ level: 'entries', index: bundles++, width: tileWidth });
    full.push({ path, bytes: encodeFields(bundle.splice(0)) });
  }
  return { edge: { size: edge.size + entries.length, entries: bundle, levels }, full };
}

/** The Merkle Tree Hash of all leaves (RFC 6962, 2.1). */
export function rootOf(edge: Edge): Hash {
  let right: Hash | undefined;
  for (const hashes of edge.levels) {
    const tile = right === undefined ? hashes : [...hashes, right];
    if (tile.length > 0) right = treeHash(tile);
  }
  return right ?? emptyRoot();
}

/** The partial tiles and the partial bundle that a checkpoint of this size needs beside the full ones. */
export function partialsOf({ size, entries, levels }: Edge): readonly LogObject[] {
  const partials = levels.flatMap((hashes, level) => {
    const index = Math.floor(size / tileWidth ** (level + 1));
    const path = tilePath({ level, index, width: hashes.length });
    return hashes.length === 0 ? [] : [{ path, bytes: Buffer.concat(hashes) }];
  });
  if (entries.length === 0) return partials;
  const index = Math.floor(size / tileWidth);
  const path = tilePath({ level: 'entries', index, width: entries.length });
  return [...partials, { path, bytes: encodeFields(entries) }];
}

export function encodeEdge({ entries, levels }: Edge): Uint8Array {
  return encodeFields([encodeFields(entries), ...levels.map((hashes) => Buffer.concat(hashes))]);
}

/** The edge of a tree of that size. Throws `FieldsMalformed` when the bytes are no edge of that size. */
export function decodeEdge(bytes: Uint8Array, size: number): Edge {
  const [bundle, ...tiles] = decodeFields(bytes);
  const levels = tiles.map((tile) => hashesOf(tile));
  const entries = decodeFields(bundle ?? new Uint8Array());
  const isOfSize =
    entries.length === size % tileWidth &&
    levels.every((hashes, level) => hashes.length === Math.floor(size / tileWidth ** level) % tileWidth) &&
    Math.floor(size / tileWidth ** levels.length) === 0;
  if (!isOfSize) throw new FieldsMalformed();
  return { size, entries, levels };
}

function hashesOf(tile: Uint8Array): readonly Hash[] {
  if (tile.length % hashBytes !== 0) throw new FieldsMalformed();
  return Array.from({ length: tile.length / hashBytes }, (_, at) =>
    tile.subarray(at * hashBytes, (at + 1) * hashBytes),
  );
}

/** The Merkle Tree Hash over the hashes of complete subtrees and, last, at most one smaller subtree. */
function treeHash(hashes: readonly Hash[]): Hash {
  let row = [...hashes];
  while (row.length > 1) {
    const above: Hash[] = [];
    for (let at = 0; at < row.length; at += 2) {
      const [left, right] = [row[at], row[at + 1]];
      if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right));
    }
    row = above;
  }
  return row[0] ?? emptyRoot();
}
