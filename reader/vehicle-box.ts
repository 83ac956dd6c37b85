import type { Box } from '../core/reads/read';

interface Size {
  readonly width: number;
  readonly height: number;
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

/** Whole pixels inside the frame, at least one each way. */
export function clipped(box: Box, frame: Size): Box {
  const x = Math.min(frame.width - 1, Math.max(0, Math.floor(box.x)));
  const y = Math.min(frame.height - 1, Math.max(0, Math.floor(box.y)));
  return {
    x,
    y,
    width: Math.max(1, Math.min(frame.width, Math.ceil(box.x + box.width)) - x),
    height: Math.max(1, Math.min(frame.height, Math.ceil(box.y + box.height)) - y),
  };
}
