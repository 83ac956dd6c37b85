import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import type { Pixels } from '../image/decode';
import { scaled } from '../image/rectangle';
import { planes } from './tensor';
import { type TextLine, textLines } from './text-lines';

/** The longer side that the detector sees; 1280 finds 1.5 % more plates and costs 1.6 times as much. */
const longSidePx = 960;
/** The network halves its input five times. */
const multipleOfPx = 32;

export type FindTextLines = (pixels: Pixels) => Promise<TextLine[]>;

/** Lines of text in a frame, in the frame's own pixels (PP-OCRv4 detection, a DBNet). */
export async function loadDetector(
  path: string,
  options: InferenceSession.SessionOptions,
): Promise<FindTextLines> {
  const session = await InferenceSession.create(path, options);
  return async (pixels) => {
    const { scale, input } = await fitted(pixels);
    const data = planes(input, { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] });
    const tensor = new Tensor('float32', data, [1, 3, input.height, input.width]);
    const output = Object.values(await session.run({ x: tensor }))[0];
    if (!(output?.data instanceof Float32Array)) throw new Error('the text detector gave no map');
    const map = { width: input.width, height: input.height, probability: output.data };
    return textLines(map).map((line) => ({ ...scaled(line, 1 / scale), score: line.score }));
  };
}

/** The frame at the detector's size, padded to its multiple at the right and the bottom. */
async function fitted({ width, height, rgb }: Pixels): Promise<{ scale: number; input: Pixels }> {
  const scale = longSidePx / Math.max(width, height);
  const inner = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const full = { width: roundUp(inner.width), height: roundUp(inner.height) };
  const data = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize({ ...inner, fit: 'fill', kernel: 'cubic' })
    .extend({ right: full.width - inner.width, bottom: full.height - inner.height, extendWith: 'copy' })
    .raw()
    .toBuffer();
  return { scale, input: { ...full, rgb: data } };
}

const roundUp = (px: number) => Math.ceil(px / multipleOfPx) * multipleOfPx;
