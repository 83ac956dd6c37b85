import sharp, { type Sharp } from 'sharp';
import type { Box } from '../../core/reads/read';
import { UnreadableImage } from '../../core/reads/reader';
import type { Pixels } from '../image/decode';

/** What is sent: an upright JPEG without any metadata (a frame's EXIF may hold where it was taken). */
export interface Picture {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The service's limit for a picture in the request itself. */
export const pictureBytesMax = 5 * 1024 * 1024;

/** Tried in this order until the picture is small enough; the last fits whatever the frame shows. */
const encodings = [
  { longSidePx: 4096, quality: 90 },
  { longSidePx: 4096, quality: 75 },
  { longSidePx: 2560, quality: 75 },
  { longSidePx: 1600, quality: 75 },
] as const;

/** The whole frame, scaled down where it must be. Throws `UnreadableImage('too-large')`. */
export async function wholeFrame(frame: Pixels): Promise<Picture> {
  for (const { longSidePx, quality } of encodings) {
    const picture = await encoded(
      opened(frame).resize({
        width: longSidePx,
        height: longSidePx,
        fit: 'inside',
        withoutEnlargement: true,
      }),
      quality,
    );
    if (picture.jpeg.byteLength <= pictureBytesMax) return picture;
  }
  throw new UnreadableImage('too-large');
}

/** One box of the frame (whole pixels inside it), scaled to the given width. */
export function enlarged(frame: Pixels, { x, y, width, height }: Box, widthPx: number): Promise<Picture> {
  const part = opened(frame).extract({ left: x, top: y, width, height });
  return encoded(part.resize({ width: widthPx, kernel: 'cubic' }), 90);
}

const opened = ({ width, height, rgb }: Pixels) => sharp(rgb, { raw: { width, height, channels: 3 } });

async function encoded(image: Sharp, quality: number): Promise<Picture> {
  const { data, info } = await image.jpeg({ quality }).toBuffer({ resolveWithObject: true });
  return { jpeg: data, width: info.width, height: info.height };
}
