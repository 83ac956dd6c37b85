import type { Box } from '../../core/reads/read';
import type { Point } from './rectangle';

/** Four corners: top left, top right, bottom right, bottom left. */
export type Quadrilateral = readonly [Point, Point, Point, Point];

/** The upright box around a quadrilateral. */
export function boxAround(quad: Quadrilateral): Box {
  const xs = quad.map(({ x }) => x);
  const ys = quad.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

export const mapCorners = ([a, b, c, d]: Quadrilateral, map: (corner: Point) => Point): Quadrilateral => [
  map(a),
  map(b),
  map(c),
  map(d),
];

/** How far each side is moved outwards, in shares of the quadrilateral's width (left, right) and height (above, below). */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly above: number;
  readonly below: number;
}

/** A quadrilateral whose sides are moved outwards, along its sides. */
export function grown([a, b, c, d]: Quadrilateral, by: Margins): Quadrilateral {
  const [topLeft, topRight] = [along(a, b, -by.left), along(b, a, -by.right)];
  const [lowLeft, lowRight] = [along(d, c, -by.left), along(c, d, -by.right)];
  return [
    along(topLeft, lowLeft, -by.above),
    along(topRight, lowRight, -by.above),
    along(lowRight, topRight, -by.below),
    along(lowLeft, topLeft, -by.below),
  ];
}

/** The longer of the upper and the lower side. */
export const widthOf = ([a, b, c, d]: Quadrilateral): number =>
  Math.max(Math.hypot(b.x - a.x, b.y - a.y), Math.hypot(c.x - d.x, c.y - d.y));

/** Intersection over union of two upright boxes, 0 to 1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

const along = (from: Point, to: Point, share: number): Point => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
});
