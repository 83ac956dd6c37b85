import sharp from 'sharp';
import type { Box } from '../../core/reads/read';
import type { Pixels } from './decode';

/**
 * A region of the pixels scaled down with a filter as wide as the scale, so that nothing aliases. The region lies on
 * whole pixels inside the image.
 */
export async function shrunk(
  { width, height, rgb }: Pixels,
  region: Box,
  size: { width: number; height: number },
): Promise<Pixels> {
  const data = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .extract({ left: region.x, top: region.y, width: region.width, height: region.height })
    .resize({ ...size, fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return { ...size, rgb: data };
}
