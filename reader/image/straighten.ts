import type { Box } from '../../core/reads/read';
import type { Pixels } from './decode';
import { boxAround, mapCorners, type Quadrilateral } from './quadrilateral';
import { shrunk } from './shrink';

/**
 * The inside of a quadrilateral, laid out as a rectangle of the given size (perspective transform, bilinear samples).
 * Outside the image its edge is repeated. `shrink` below 1 first scales the surroundings down, so that nothing aliases.
 */
export async function straightened(
  pixels: Pixels,
  quad: Quadrilateral,
  { width, height, shrink = 1 }: { width: number; height: number; shrink?: number },
): Promise<Pixels> {
  if (shrink < 1) {
    const { small, map } = await surroundingsOf(pixels, quad, shrink);
    return laidOut(small, map, { width, height });
  }
  return laidOut(pixels, quad, { width, height });
}

function laidOut(
  pixels: Pixels,
  quad: Quadrilateral,
  { width, height }: { width: number; height: number },
): Pixels {
  const rgb = new Uint8Array(width * height * 3);
  const project = squareTo(quad);
  for (let y = 0, out = 0; y < height; y++) {
    for (let x = 0; x < width; x++, out += 3) sampleInto(rgb, out, pixels, project(x / width, y / height));
  }
  return { width, height, rgb };
}

/** The part of the image around the quadrilateral, scaled down, and where the quadrilateral lies in it. */
async function surroundingsOf(
  pixels: Pixels,
  quad: Quadrilateral,
  by: number,
): Promise<{ small: Pixels; map: Quadrilateral }> {
  const region = surroundings(boxAround(quad), Math.ceil(2 / by), pixels);
  const size = {
    width: Math.max(1, Math.round(region.width * by)),
    height: Math.max(1, Math.round(region.height * by)),
  };
  const small = await shrunk(pixels, region, size);
  const map = mapCorners(quad, ({ x, y }) => ({
    x: ((x - region.x) * size.width) / region.width,
    y: ((y - region.y) * size.height) / region.height,
  }));
  return { small, map };
}

function surroundings(box: Box, margin: number, { width, height }: { width: number; height: number }): Box {
  const left = clamp(Math.floor(box.x) - margin, width - 1);
  const top = clamp(Math.floor(box.y) - margin, height - 1);
  const right = clamp(Math.ceil(box.x + box.width) + margin, width);
  const bottom = clamp(Math.ceil(box.y + box.height) + margin, height);
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** From the unit square to a quadrilateral (Heckbert, 1989). One that has collapsed is taken as a parallelogram. */
function squareTo([p0, p1, p2, p3]: Quadrilateral): (u: number, v: number) => { x: number; y: number } {
  const [ax, ay] = [p1.x - p2.x, p1.y - p2.y];
  const [bx, by] = [p3.x - p2.x, p3.y - p2.y];
  const [sx, sy] = [p0.x - p1.x + p2.x - p3.x, p0.y - p1.y + p2.y - p3.y];
  const area = ax * by - bx * ay;
  const g = Math.abs(area) < 1e-6 ? 0 : (sx * by - bx * sy) / area;
  const h = Math.abs(area) < 1e-6 ? 0 : (ax * sy - sx * ay) / area;
  const point = { x: 0, y: 0 };
  return (u, v) => {
    const w = Math.max(1e-3, g * u + h * v + 1);
    point.x = ((p1.x - p0.x + g * p1.x) * u + (p3.x - p0.x + h * p3.x) * v + p0.x) / w;
    point.y = ((p1.y - p0.y + g * p1.y) * u + (p3.y - p0.y + h * p3.y) * v + p0.y) / w;
    return point;
  };
}

function sampleInto(
  out: Uint8Array,
  to: number,
  { width, height, rgb }: Pixels,
  { x, y }: { x: number; y: number },
): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const fx = x - left;
  const fy = y - top;
  const x0 = clamp(left, width - 1);
  const x1 = clamp(left + 1, width - 1);
  const y0 = clamp(top, height - 1) * width;
  const y1 = clamp(top + 1, height - 1) * width;
  const a = (y0 + x0) * 3;
  const b = (y0 + x1) * 3;
  const c = (y1 + x0) * 3;
  const d = (y1 + x1) * 3;
  for (let channel = 0; channel < 3; channel++) {
    const upper = (rgb[a + channel] ?? 0) * (1 - fx) + (rgb[b + channel] ?? 0) * fx;
    const lower = (rgb[c + channel] ?? 0) * (1 - fx) + (rgb[d + channel] ?? 0) * fx;
    out[to + channel] = upper * (1 - fy) + lower * fy + 0.5;
  }
}

const clamp = (value: number, max: number) => (value < 0 ? 0 : value > max ? max : value);
