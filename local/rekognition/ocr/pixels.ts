import sharp from 'sharp';
import { AwsError } from '../../aws/errors';

/** Eight-bit RGB, row by row, upright. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** A line of text: a rectangle turned by `angle` (radians, clockwise on the screen); text runs along `width`. */
export interface Line {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

const pixelsMax = 100_000_000;

/**
 * Decodes a JPEG or PNG, turned as its EXIF orientation says: the service places text in the corrected image. Throws
 * `AwsError`: `InvalidImageFormatException`, `ImageTooLargeException`.
 */
export async function decodeUpright(image: Uint8Array): Promise<Pixels> {
  if (!isJpeg(image) && !isPng(image)) throw invalidFormat();
  const { width, height } = await sharp(image, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw invalidFormat();
    });
  if (width * height > pixelsMax) throw new AwsError('ImageTooLargeException', 'Input image is too large.');
  const { data, info } = await sharp(image, { limitInputPixels: pixelsMax })
    .autoOrient()
    .toColourspace('srgb')
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(() => {
      throw invalidFormat();
    });
  return { width: info.width, height: info.height, rgb: data };
}

/** Colours as a planar tensor, blue first, as the networks were trained. */
export function planes(
  { width, height, rgb }: Pixels,
  { mean, deviation }: { readonly mean: Colour; readonly deviation: Colour },
): Float32Array {
  const area = width * height;
  const out = new Float32Array(3 * area);
  for (let plane = 0; plane < 3; plane++) {
    const channel = 2 - plane;
    for (let at = 0; at < area; at++)
      out[plane * area + at] =
        ((rgb[at * 3 + channel] ?? 0) / 255 - (mean[plane] ?? 0)) / (deviation[plane] ?? 1);
  }
  return out;
}

type Colour = readonly [number, number, number];

const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
const isPng = (bytes: Uint8Array) =>
  Buffer.from(bytes.subarray(0, 8)).toString('latin1') === '\x89PNG\r\n\x1a\n';
const invalidFormat = () => new AwsError('InvalidImageFormatException', 'Request has invalid image format');
