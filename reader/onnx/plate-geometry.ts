import type { Box } from '../../core/reads/read';
import { boundsOf, type Rectangle } from '../image/rectangle';

interface Size {
  readonly width: number;
  readonly height: number;
}

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
export function plateBox(serial: Rectangle, frame: Size): Box {
  const width = serial.width * 1.1;
  const bounds = boundsOf({ ...serial, width, height: Math.max(serial.height * 1.15, width * 0.5) });
  return clipped(bounds, frame);
}

/**
 * The vehicle around its plate: about six plate widths across, most of it above the plate. An estimate for the picture
 * that an officer verifies by, not a detection.
 */
export function vehicleBox(plate: Box, frame: Size): Box {
  const unit = plate.width;
  const centre = plate.x + unit / 2;
  return clipped(
    { x: centre - 3.2 * unit, y: plate.y - 3.6 * unit, width: 6.4 * unit, height: 5.4 * unit },
    frame,
  );
}

export const contains = (box: Box, { x, y }: { x: number; y: number }): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

/** Whole pixels inside the frame, at least one each way. */
function clipped(box: Box, frame: Size): Box {
  const x = Math.min(frame.width - 1, Math.max(0, Math.floor(box.x)));
  const y = Math.min(frame.height - 1, Math.max(0, Math.floor(box.y)));
  return {
    x,
    y,
    width: Math.max(1, Math.min(frame.width, Math.ceil(box.x + box.width)) - x),
    height: Math.max(1, Math.min(frame.height, Math.ceil(box.y + box.height)) - y),
  };
}
