import type { Box } from '../../core/reads/read';
import { boundsOf, type Rectangle } from '../image/rectangle';
import { clipped } from '../vehicle-box';

/** Smaller letters cannot be read; steeper ones are not on an upright vehicle. */
const heightMinPx = 12;
const angleMax = (35 * Math.PI) / 180;
const aspect = { min: 1, max: 8 } as const;

/** Whether a line of text has the size, shape and slope of a plate's serial, or of the state's name beside it. */
export const couldBePlate = ({ width, height, angle }: Rectangle): boolean =>
  height >= heightMinPx &&
  Math.abs(angle) <= angleMax &&
  width >= aspect.min * height &&
  width <= aspect.max * height;

/** The whole plate around its serial: United States plates are 12 by 6 inches and the serial fills their width. */
export function plateBox(serial: Rectangle, frame: { width: number; height: number }): Box {
  const width = serial.width * 1.1;
  const bounds = boundsOf({ ...serial, width, height: Math.max(serial.height * 1.15, width * 0.5) });
  return clipped(bounds, frame);
}

export const contains = (box: Box, { x, y }: { x: number; y: number }): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
