import type { Pixels } from '../image/decode';

/**
 * Pixels as a planar tensor of shape [1, 3, height, width], blue first (as PaddleOCR was trained), each channel
 * (value / 255 − mean) / deviation.
 */
export function planes(
  { width, height, rgb }: Pixels,
  scale: { mean: Triple; deviation: Triple },
): Float32Array {
  const area = width * height;
  const out = new Float32Array(3 * area);
  for (let plane = 0; plane < 3; plane++) {
    const mean = scale.mean[plane] ?? 0;
    const deviation = scale.deviation[plane] ?? 1;
    const channel = 2 - plane;
    const factor = 1 / (255 * deviation);
    const offset = mean / deviation;
    for (let at = 0; at < area; at++) out[plane * area + at] = (rgb[at * 3 + channel] ?? 0) * factor - offset;
  }
  return out;
}

type Triple = readonly [number, number, number];
