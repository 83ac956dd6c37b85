import type { Point } from '../../reader/image/rectangle';

export type Projection = (point: Point) => Point;

export interface View {
  /** Where the middle of the plate lies in the frame, pixels. */
  readonly centre: Point;
  /** Pixels across the plate if it faced the camera. */
  readonly widthPx: number;
  /** Radians: turned about the vertical, tipped, and leaning. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/** How far the camera is, in plate widths: nearer would bend the picture more than a street camera does. */
const distance = 12;

/** A pinhole view of a flat plate of 1 by 0.5, from its own coordinates (middle at 0, 0) to the frame's. */
export function project({ centre, widthPx, yaw, pitch, roll }: View): Projection {
  return ({ x, y }) => {
    const rolledX = x * Math.cos(roll) - y * Math.sin(roll);
    const rolledY = x * Math.sin(roll) + y * Math.cos(roll);
    const depth = distance + rolledX * Math.sin(yaw) + rolledY * Math.sin(pitch);
    const scale = (widthPx * distance) / depth;
    return {
      x: centre.x + scale * rolledX * Math.cos(yaw),
      y: centre.y + scale * (rolledY * Math.cos(pitch) + rolledX * Math.sin(yaw) * 0.12),
    };
  };
}
