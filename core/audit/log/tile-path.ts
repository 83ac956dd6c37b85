/** Hashes of a full tile and entries of a full bundle (C2SP tlog-tiles: height 8). */
export const tileWidth = 256;

export interface TileSpot {
  /** A level of hashes, or the entries themselves. */
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256; less than 256 is a partial tile. */
  readonly width: number;
}

/** `tile/<level>/<index>[.p/<width>]`, the index in groups of three digits (C2SP tlog-tiles). */
export function tilePath({ level, index, width }: TileSpot): string {
  const suffix = width < tileWidth ? `.p/${width}` : '';
  return `tile/${level}/${indexPath(index)}${suffix}`;
}

/** Where the signed checkpoint of that size stays for good; `checkpoint` alone is the newest. */
export const checkpointPath = (size: number) => `checkpoints/${size}`;
export const newestCheckpointPath = 'checkpoint';

/** The size in the path of a numbered checkpoint. */
export function sizeInPath(path: string): number | undefined {
  const digits = /^checkpoints\/([1-9]\d{0,15})$/.exec(path)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * Beginnings of the paths of all checkpoints larger than this that fill no further tile, at most four. Where the log
 * fills no further tile, few other paths begin like them.
 */
export function checkpointPrefixesAfter(size: number): readonly string[] {
  const prefixes: string[] = [];
  const last = (Math.floor(size / tileWidth) + 1) * tileWidth - 1;
  for (let hundred = Math.floor((size + 1) / 100); hundred * 100 <= last; hundred++)
    prefixes.push(`checkpoints/${hundred === 0 ? '' : hundred}`);
  return prefixes;
}

function indexPath(index: number): string {
  const groups: string[] = [];
  let left = index;
  do {
    groups.unshift(String(left % 1000).padStart(3, '0'));
    left = Math.floor(left / 1000);
  } while (left > 0);
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
}
