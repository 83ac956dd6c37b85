import type { Pixels } from './decode';
import type { Rectangle } from './rectangle';

/**
 * Cuts a turned rectangle out of the pixels, laid level and scaled to the given size, with bilinear samples averaged
 * where it shrinks. What lies outside the frame repeats its edge.
 */
export function cutStrip(pixels: Pixels, from: Rectangle, size: { width: number; height: number }): Pixels {
  const { width, height } = size;
  const rgb = new Uint8Array(width * height * 3);
  const perPixelX = from.width / width;
  const perPixelY = from.height / height;
  const samplesX = Math.min(8, Math.max(1, Math.round(perPixelX)));
  const samplesY = Math.min(8, Math.max(1, Math.round(perPixelY)));
  const [cos, sin] = [Math.cos(from.angle), Math.sin(from.angle)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const out = (y * width + x) * 3;
      for (let sy = 0; sy < samplesY; sy++) {
        for (let sx = 0; sx < samplesX; sx++) {
          const u = (x + (sx + 0.5) / samplesX) * perPixelX - from.width / 2;
          const v = (y + (sy + 0.5) / samplesY) * perPixelY - from.height / 2;
          addSample(pixels, from.centre.x + u * cos - v * sin - 0.5, from.centre.y + u * sin + v * cos - 0.5);
        }
      }
      const samples = samplesX * samplesY;
      rgb[out] = sample.red / samples;
      rgb[out + 1] = sample.green / samples;
      rgb[out + 2] = sample.blue / samples;
      sample.red = sample.green = sample.blue = 0;
    }
  }
  return { width, height, rgb };
}

/** One accumulator for all samples: an object for each would cost more than the arithmetic. */
const sample = { red: 0, green: 0, blue: 0 };

function addSample({ width, height, rgb }: Pixels, x: number, y: number): void {
  const left = floor(x);
  const top = floor(y);
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
  const wa = (1 - fx) * (1 - fy);
  const wb = fx * (1 - fy);
  const wc = (1 - fx) * fy;
  const wd = fx * fy;
  sample.red += at(rgb, a) * wa + at(rgb, b) * wb + at(rgb, c) * wc + at(rgb, d) * wd;
  sample.green += at(rgb, a + 1) * wa + at(rgb, b + 1) * wb + at(rgb, c + 1) * wc + at(rgb, d + 1) * wd;
  sample.blue += at(rgb, a + 2) * wa + at(rgb, b + 2) * wb + at(rgb, c + 2) * wc + at(rgb, d + 2) * wd;
}

const { floor } = Math;
const at = (rgb: Uint8Array, index: number) => rgb[index] ?? 0;
const clamp = (value: number, max: number) => (value < 0 ? 0 : value > max ? max : value);
