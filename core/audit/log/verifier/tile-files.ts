import { type Hash, hashBytes, nodeHash } from '../hash';
import type { LogFiles } from './files';
import type { Subtree } from './proofs';

const heightOfTile = 8;
const widthOfTile = 256;
/** More subtrees than a level of any log has. */
const sizesMax = 2 ** 46;

/** A tile or bundle that the log owes for a checkpoint is not in the copy, or not of its length. */
export class TileMissing extends Error {
  readonly code = 'tile-missing';

  constructor(readonly path: string) {
    super(`missing or of a wrong length: ${path}`);
    this.name = 'TileMissing';
  }
}

/** `tile/<level>/<index>`, the index in groups of three digits (C2SP tlog-tiles); full tiles lie there. */
export function fullPath(level: number | 'entries', index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  const last = groups.pop() ?? '000';
  return ['tile', level, ...groups.map((group) => `x${group}`), last].join('/');
}

/** How many of a tile's places a tree of that size fills. */
export function widthIn(size: number, level: number, index: number): number {
  const filled = Math.floor(size / widthOfTile ** level) - index * widthOfTile;
  return Math.max(0, Math.min(widthOfTile, filled));
}

/**
 * Hashes of complete subtrees out of the tiles that a tree of `size` leaves needs, falling back from a partial tile
 * to the full one. Nothing here is trusted: a proof made of it holds or does not. Throws `TileMissing`.
 */
export function subtreesIn(files: LogFiles, size: number): Subtree {
  const tiles = new Map<string, Uint8Array>();
  // Above the lowest tiles, subtrees are few and asked for by every proof.
  const upper = new Map<number, Hash>();
  const tileAt = (level: number, index: number): Uint8Array => {
    const path = fullPath(level, index);
    const known = tiles.get(path);
    if (known !== undefined) return known;
    const width = widthIn(size, level, index);
    const partial = width < widthOfTile ? files.read(`${path}.p/${width}`) : undefined;
    const bytes = partial ?? files.read(path);
    if (bytes === undefined || bytes.length < width * hashBytes) throw new TileMissing(path);
    tiles.set(path, bytes);
    return bytes;
  };
  return (level, index) => {
    const tileLevel = Math.floor(level / heightOfTile);
    const count = 2 ** (level - tileLevel * heightOfTile);
    const first = index * count;
    const tileIndex = Math.floor(first / widthOfTile);
    const hash = () => completeHash(tileAt(tileLevel, tileIndex), first - tileIndex * widthOfTile, count);
    if (tileLevel === 0) return hash();
    const name = level * sizesMax + index;
    const known = upper.get(name) ?? hash();
    upper.set(name, known);
    return known;
  };
}

function completeHash(tile: Uint8Array, first: number, count: number): Hash {
  if (count === 1) return tile.subarray(first * hashBytes, (first + 1) * hashBytes);
  const half = count / 2;
  return nodeHash(completeHash(tile, first, half), completeHash(tile, first + half, half));
}
