import sharp from 'sharp';
import type { Line, Pixels } from './pixels';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Cuts a turned line out of the picture, level and at the given size. What lies outside the picture repeats its edge. */
export async function cutLevel(pixels: Pixels, line: Line, size: Size): Promise<Pixels> {
  const near = await neighbourhood(pixels, line, size.height);
  const rgb = new Uint8Array(size.width * size.height * 3);
  const [cos, sin] = [Math.cos(line.angle), Math.sin(line.angle)];
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const u = ((x + 0.5) / size.width - 0.5) * line.width;
      const v = ((y + 0.5) / size.height - 0.5) * line.height;
      const fromX = (line.x + u * cos - v * sin - near.left) * near.scale - 0.5;
      const fromY = (line.y + u * sin + v * cos - near.top) * near.scale - 0.5;
      copySample(near.pixels, { x: fromX, y: fromY }, rgb, (y * size.width + x) * 3);
    }
  }
  return { ...size, rgb };
}

/** The part of the picture around the line, shrunk (averaging) so that the line is no taller than it will be. */
async function neighbourhood({ width, height, rgb }: Pixels, line: Line, heightPx: number) {
  const [cos, sin] = [Math.abs(Math.cos(line.angle)), Math.abs(Math.sin(line.angle))];
  const reachX = (cos * line.width + sin * line.height) / 2 + 2;
  const reachY = (sin * line.width + cos * line.height) / 2 + 2;
  const left = within(Math.floor(line.x - reachX), width - 1);
  const top = within(Math.floor(line.y - reachY), height - 1);
  const region = {
    left,
    top,
    width: Math.max(1, within(Math.ceil(line.x + reachX), width) - left),
    height: Math.max(1, within(Math.ceil(line.y + reachY), height) - top),
  };
  const scale = Math.min(1, heightPx / line.height);
  const { data, info } = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .extract(region)
    .resize({
      width: Math.max(1, Math.round(region.width * scale)),
      height: Math.max(1, Math.round(region.height * scale)),
      fit: 'fill',
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { left, top, scale, pixels: { width: info.width, height: info.height, rgb: data } };
}

/** Bilinear. */
function copySample(
  { width, height, rgb }: Pixels,
  from: { x: number; y: number },
  to: Uint8Array,
  at: number,
) {
  const [left, top] = [Math.floor(from.x), Math.floor(from.y)];
  const [fx, fy] = [from.x - left, from.y - top];
  const [x0, x1] = [within(left, width - 1), within(left + 1, width - 1)];
  const [y0, y1] = [within(top, height - 1) * width, within(top + 1, height - 1) * width];
  for (let channel = 0; channel < 3; channel++) {
    const value = (cell: number) => rgb[cell * 3 + channel] ?? 0;
    const upper = value(y0 + x0) * (1 - fx) + value(y0 + x1) * fx;
    const lower = value(y1 + x0) * (1 - fx) + value(y1 + x1) * fx;
    to[at + channel] = upper * (1 - fy) + lower * fy;
  }
}

const within = (value: number, max: number) => Math.min(max, Math.max(0, value));
