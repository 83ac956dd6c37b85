import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { linesIn } from './blobs';
import { modelFile, sessionOptions } from './model-files';
import { type Line, type Pixels, planes } from './pixels';

export type FindLines = (pixels: Pixels) => Promise<Line[]>;

const longSidePx = 960;
/** The network halves its input five times. */
const multipleOfPx = 32;
/** Smaller text cannot be read. */
const heightMinPx = 8;

/** Finds the lines of text of a picture, in its own pixels. */
export async function loadFinder(): Promise<FindLines> {
  const session = await InferenceSession.create(modelFile('ch_PP-OCRv4_det_infer.onnx'), sessionOptions);
  return async (pixels) => {
    const scale = longSidePx / Math.max(pixels.width, pixels.height);
    const input = await padded(pixels, scale);
    const data = planes(input, { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] });
    const result = await session.run({ x: new Tensor('float32', data, [1, 3, input.height, input.width]) });
    const output = Object.values(result)[0];
    if (!(output?.data instanceof Float32Array)) throw new Error('the text detector gave no map');
    return linesIn({ width: input.width, height: input.height, probability: output.data })
      .map(({ x, y, width, height, angle }) => ({
        x: x / scale,
        y: y / scale,
        width: width / scale,
        height: height / scale,
        angle,
      }))
      .filter(({ height }) => height >= heightMinPx);
  };
}

async function padded({ width, height, rgb }: Pixels, scale: number): Promise<Pixels> {
  const inner = { width: sizeOf(width, scale), height: sizeOf(height, scale) };
  const full = { width: roundUp(inner.width), height: roundUp(inner.height) };
  const data = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize({ ...inner, fit: 'fill', kernel: 'cubic' })
    .extend({ right: full.width - inner.width, bottom: full.height - inner.height, extendWith: 'copy' })
    .raw()
    .toBuffer();
  return { ...full, rgb: data };
}

const sizeOf = (px: number, scale: number) => Math.max(1, Math.round(px * scale));
const roundUp = (px: number) => Math.ceil(px / multipleOfPx) * multipleOfPx;
