import type { Line } from './pixels';

/** For each pixel, how surely it lies in the core of a line of text. */
export interface TextMap {
  readonly width: number;
  readonly height: number;
  readonly probability: Float32Array;
}

/** DBNet's usual values: its map shows text shrunk to its core, `unclip` grows a rectangle back (Liao et al., 2020). */
const settings = { pixelMin: 0.3, scoreMin: 0.45, areaMinPx: 12, unclip: 1.6 } as const;
/** Blobs rounder than this have no direction of their own; their text is taken to be level. */
const elongationMin = 1.6;

/** The lines of text in a map, in its own pixels, from top to bottom. */
export function linesIn(map: TextMap): Line[] {
  const lines: Line[] = [];
  for (const blob of blobs(map)) {
    const score = blob.reduce((sum, at) => sum + (map.probability[at] ?? 0), 0) / blob.length;
    if (blob.length >= settings.areaMinPx && score >= settings.scoreMin) lines.push(around(blob, map.width));
  }
  return lines.sort((a, b) => a.y - b.y || a.x - b.x);
}

/** Regions of pixels above the threshold that touch by a side or a corner. */
function* blobs({ width, height, probability }: TextMap): Generator<Int32Array> {
  const seen = new Uint8Array(width * height);
  const members = new Int32Array(width * height);
  const isOpen = (at: number) => !seen[at] && (probability[at] ?? 0) > settings.pixelMin;
  for (let start = 0; start < seen.length; start++) {
    if (!isOpen(start)) continue;
    let count = 0;
    members[count++] = start;
    seen[start] = 1;
    for (let next = 0; next < count; next++) {
      const at = members[next] ?? 0;
      const x = at % width;
      const y = (at - x) / width;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const neighbour = ny * width + nx;
          if (!isOpen(neighbour)) continue;
          seen[neighbour] = 1;
          members[count++] = neighbour;
        }
    }
    yield members.slice(0, count);
  }
}

/** The rectangle along the blob's main axis (second moments), grown to the whole letters. */
function around(blob: Int32Array, mapWidth: number): Line {
  const direction = mainAxis(blob, mapWidth);
  const level = extent(blob, mapWidth, 0);
  const turned = extent(blob, mapWidth, direction);
  const core = turned.width >= elongationMin * turned.height ? turned : level;
  const grow = (core.width * core.height * settings.unclip) / (2 * (core.width + core.height));
  return { ...core, width: core.width + 2 * grow, height: core.height + 2 * grow };
}

function mainAxis(blob: Int32Array, mapWidth: number): number {
  let [sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0];
  for (const at of blob) {
    const x = at % mapWidth;
    const y = (at - x) / mapWidth;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumYY += y * y;
    sumXY += x * y;
  }
  const n = blob.length;
  const across = sumXX - (sumX * sumX) / n - (sumYY - (sumY * sumY) / n);
  return Math.atan2(2 * (sumXY - (sumX * sumY) / n), across) / 2;
}

function extent(blob: Int32Array, mapWidth: number, angle: number): Line {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const at of blob) {
    const x = (at % mapWidth) + 0.5;
    const y = Math.floor(at / mapWidth) + 0.5;
    const along = x * cos + y * sin;
    const across = y * cos - x * sin;
    left = Math.min(left, along);
    right = Math.max(right, along);
    top = Math.min(top, across);
    bottom = Math.max(bottom, across);
  }
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return {
    x: u * cos - v * sin,
    y: u * sin + v * cos,
    width: right - left + 1,
    height: bottom - top + 1,
    angle,
  };
}
