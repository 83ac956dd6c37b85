import type { Box } from '../core/reads/read';
import { UnreadableImage } from '../core/reads/reader';
import { openUpright } from './image/decode';

export interface CropOptions {
  /** A wider crop is scaled down to this; a narrower one keeps its size. */
  readonly maxWidth?: number;
  /** JPEG quality, 1 to 100. */
  readonly quality?: number;
}

/**
 * A JPEG of one box of an image, box in pixels of the upright image and cut to its edges. Carries no metadata: EXIF of
 * the frame may hold a position. Throws `UnreadableImage`.
 */
export async function cropJpeg(
  image: Uint8Array,
  box: Box,
  { maxWidth = 640, quality = 80 }: CropOptions = {},
): Promise<Uint8Array> {
  const upright = await openUpright(image);
  const { autoOrient } = await upright.metadata();
  return upright
    .extract(inside(box, autoOrient))
    .resize({ width: maxWidth, withoutEnlargement: true })
    .jpeg({ quality })
    .toBuffer()
    .catch((cause: unknown) => {
      throw new UnreadableImage('truncated', { cause });
    });
}

function inside(box: Box, image: { width: number; height: number }) {
  const left = Math.min(image.width - 1, Math.max(0, Math.floor(box.x)));
  const top = Math.min(image.height - 1, Math.max(0, Math.floor(box.y)));
  const right = Math.min(image.width, Math.ceil(box.x + box.width));
  const bottom = Math.min(image.height, Math.ceil(box.y + box.height));
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}
