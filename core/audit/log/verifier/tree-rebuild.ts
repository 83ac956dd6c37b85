import { emptyRoot, type Hash, leafHash, nodeHash } from '../hash';

const widthOfTile = 256;

export interface CompleteTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: readonly Hash[];
}

/**
 * Builds the tree again from its entries, one after the other, by the definition of RFC 6962 and by nothing of the
 * writer: complete subtrees are joined whenever two of one size stand side by side.
 */
export class TreeRebuild {
  size = 0;
  /** The tiles under way, by level. */
  readonly tiles: Hash[][] = [];
  readonly #peaks: { height: number; hash: Hash }[] = [];

  /** Tiles that this entry completes, lowest first. */
  add(entry: Uint8Array): readonly CompleteTile[] {
    this.size++;
    const complete: CompleteTile[] = [];
    let peak = { height: 0, hash: leafHash(entry) };
    this.#note(peak, complete);
    for (;;) {
      const left = this.#peaks.at(-1);
      if (left === undefined || left.height !== peak.height) break;
      this.#peaks.pop();
      peak = { height: peak.height + 1, hash: nodeHash(left.hash, peak.hash) };
      this.#note(peak, complete);
    }
    this.#peaks.push(peak);
    return complete;
  }

  root(): Hash {
    const peaks = this.#peaks.map(({ hash }) => hash);
    const last = peaks.pop();
    if (last === undefined) return emptyRoot();
    return peaks.reduceRight((right, left) => nodeHash(left, right), last);
  }

  /** Every subtree of height 8, 16, … is a hash of a tile. */
  #note({ height, hash }: { height: number; hash: Hash }, complete: CompleteTile[]): void {
    if (height % 8 !== 0) return;
    const level = height / 8;
    this.tiles[level] ??= [];
    const tile = this.tiles[level];
    tile.push(hash);
    if (tile.length < widthOfTile) return;
    const index = this.size / widthOfTile ** (level + 1) - 1;
    complete.push({ level, index, hashes: tile });
    this.tiles[level] = [];
  }
}
