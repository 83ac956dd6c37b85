import sharp, { type Sharp } from 'sharp';
import { UnreadableImage } from '../../core/reads/reader';

/** Eight-bit RGB, row by row, upright. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** A frame is hostile input: these bounds are checked before a pixel is decoded. */
export const frameLimits = {
  bytesMax: 20 * 1024 * 1024,
  pixelsMax: 24_000_000,
  sideMinPx: 32,
} as const;

/** The cache would keep decoded frames, and so plates, in memory after their read. */
sharp.cache(false);
sharp.concurrency(1);

/**
 * Decodes a JPEG or PNG: upright (EXIF orientation applied), any colour space to sRGB, transparency on white. Throws
 * `UnreadableImage`.
 */
export async function decodeImage(image: Uint8Array): Promise<Pixels> {
  const upright = await openUpright(image);
  const { data, info } = await upright
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw new UnreadableImage('truncated', { cause });
    });
  return { width: info.width, height: info.height, rgb: data };
}

/**
 * The checked image as a pipeline that is upright and sRGB; pixels are not decoded yet. Formats other than JPEG and PNG
 * are refused by their first bytes, so that the decoder's loaders for SVG, PDF and the like are never reached.
 */
export async function openUpright(image: Uint8Array): Promise<Sharp> {
  if (image.byteLength > frameLimits.bytesMax) throw new UnreadableImage('too-large');
  if (!isJpeg(image) && !isPng(image)) throw new UnreadableImage('not-an-image');
  await checkDimensions(image);
  return sharp(image, { limitInputPixels: frameLimits.pixelsMax, failOn: 'truncated' })
    .autoOrient()
    .toColourspace('srgb')
    .flatten({ background: '#ffffff' })
    .removeAlpha();
}

async function checkDimensions(image: Uint8Array): Promise<void> {
  const { width, height } = await sharp(image, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new UnreadableImage('not-an-image', { cause });
    });
  if (width * height > frameLimits.pixelsMax) throw new UnreadableImage('too-large');
  if (Math.min(width, height) < frameLimits.sideMinPx) throw new UnreadableImage('too-small');
}

const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const isPng = (bytes: Uint8Array) => pngSignature.every((byte, at) => bytes[at] === byte);
