import { minimumRectangle, type Rectangle } from '../image/rectangle';

/** The detector's answer: for each pixel of its input, how surely it lies in the core of a line of text. */
export interface TextMap {
  readonly width: number;
  readonly height: number;
  readonly probability: Float32Array;
}

export interface TextLine extends Rectangle {
  /** Mean probability of its pixels, 0 to 1. */
  readonly score: number;
}

/** DBNet's usual values: its map shows text shrunk to its core, `unclip` grows a box back (Liao et al., 2020). */
const settings = { pixelMin: 0.3, lineScoreMin: 0.45, areaMinPx: 12, unclip: 1.6, linesMax: 200 } as const;

/** The lines of text in a map, in its own pixels, best score first; at most 200 (the rest is dropped). */
export function textLines(map: TextMap): TextLine[] {
  const lines: TextLine[] = [];
  for (const blob of blobs(map)) {
    if (blob.area < settings.areaMinPx || blob.score < settings.lineScoreMin) continue;
    lines.push({ ...unclipped(minimumRectangle(blob.outline)), score: blob.score });
  }
  return lines.sort((a, b) => b.score - a.score).slice(0, settings.linesMax);
}

function unclipped(core: Rectangle): Rectangle {
  const grow = (core.width * core.height * settings.unclip) / (2 * (core.width + core.height));
  return { ...core, width: core.width + 2 * grow, height: core.height + 2 * grow };
}

/** Looked up once: they run for each pixel. */
const { floor, max, min } = Math;

interface Blob {
  readonly area: number;
  readonly score: number;
  /** First and last pixel of each row, at the pixels' corners: their hull is the blob's hull. */
  readonly outline: readonly { readonly x: number; readonly y: number }[];
}

/** Connected regions (eight neighbours) above the pixel threshold, by flood fill. */
function* blobs({ width, height, probability }: TextMap): Generator<Blob> {
  const seen = new Uint8Array(width * height);
  const pending = new Int32Array(width * height);
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || (probability[start] ?? 0) <= settings.pixelMin) continue;
    const rows = new Map<number, { first: number; last: number }>();
    let count = 0;
    let sum = 0;
    let area = 0;
    pending[count++] = start;
    seen[start] = 1;
    while (count > 0) {
      const at = pending[--count] ?? 0;
      const y = floor(at / width);
      const x = at - y * width;
      area++;
      sum += probability[at] ?? 0;
      const row = rows.get(y);
      if (row === undefined) rows.set(y, { first: x, last: x });
      else {
        row.first = min(row.first, x);
        row.last = max(row.last, x);
      }
      for (let ny = max(0, y - 1); ny <= min(height - 1, y + 1); ny++) {
        for (let nx = max(0, x - 1); nx <= min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (seen[next] || (probability[next] ?? 0) <= settings.pixelMin) continue;
          seen[next] = 1;
          pending[count++] = next;
        }
      }
    }
    yield { area, score: sum / area, outline: outlineOf(rows) };
  }
}

const outlineOf = (rows: ReadonlyMap<number, { first: number; last: number }>) =>
  [...rows].flatMap(([y, { first, last }]) => [
    { x: first, y },
    { x: first, y: y + 1 },
    { x: last + 1, y },
    { x: last + 1, y: y + 1 },
  ]);
