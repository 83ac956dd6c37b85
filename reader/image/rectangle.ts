export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A turned rectangle. `width` runs along `angle` (radians, -π/4 to π/4, clockwise on the screen). */
export interface Rectangle {
  readonly centre: Point;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/**
 * The rectangle of least area around the points (one side lies on an edge of the convex hull), named so that its angle
 * is within ±45 degrees. Needs at least one point.
 */
export function minimumRectangle(points: readonly Point[]): Rectangle {
  const hull = convexHull(points);
  let best: Rectangle | undefined;
  hull.forEach((from, at) => {
    const to = hull[(at + 1) % hull.length] ?? from;
    const candidate = boundsAlong(hull, Math.atan2(to.y - from.y, to.x - from.x));
    if (best === undefined || candidate.width * candidate.height < best.width * best.height) best = candidate;
  });
  return upright(best ?? boundsAlong(points, 0));
}

/** The upright box around a turned rectangle. */
export function boundsOf({ centre, width, height, angle }: Rectangle) {
  const halfX = (Math.abs(Math.cos(angle)) * width + Math.abs(Math.sin(angle)) * height) / 2;
  const halfY = (Math.abs(Math.sin(angle)) * width + Math.abs(Math.cos(angle)) * height) / 2;
  return { x: centre.x - halfX, y: centre.y - halfY, width: 2 * halfX, height: 2 * halfY };
}

export const scaled = ({ centre, width, height, angle }: Rectangle, by: number): Rectangle => ({
  centre: { x: centre.x * by, y: centre.y * by },
  width: width * by,
  height: height * by,
  angle,
});

function boundsAlong(points: readonly Point[], angle: number): Rectangle {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = points.map((p) => p.x * cos + p.y * sin);
  const across = points.map((p) => p.y * cos - p.x * sin);
  const [left, right, top, bottom] = [min(along), max(along), min(across), max(across)];
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  const centre = { x: u * cos - v * sin, y: u * sin + v * cos };
  return { centre, width: right - left, height: bottom - top, angle };
}

const min = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const max = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

function upright({ centre, width, height, angle }: Rectangle): Rectangle {
  const quarters = Math.round(angle / (Math.PI / 2));
  const turned = quarters % 2 !== 0;
  return {
    centre,
    width: turned ? height : width,
    height: turned ? width : height,
    angle: angle - quarters * (Math.PI / 2),
  };
}

/** Andrew's monotone chain. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const lower = halfHull(sorted);
  const upper = halfHull(sorted.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function halfHull(sorted: readonly Point[]): Point[] {
  const hull: Point[] = [];
  for (const point of sorted) {
    while (hull.length >= 2 && !turnsLeft(hull.at(-2), hull.at(-1), point)) hull.pop();
    hull.push(point);
  }
  return hull;
}

const turnsLeft = (a: Point | undefined, b: Point | undefined, c: Point) =>
  a !== undefined && b !== undefined && (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
