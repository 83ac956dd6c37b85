import type { Position } from '../reads/camera';

/** Degrees; about a centimetre. A border runs along streets, and who stands on it stands inside. */
const edge = 1e-7;

/**
 * Whether a place is inside a border given by its corners, in order; the last is joined to the first. The border itself
 * counts as inside. Even-odd rule on plain degrees: exact enough for a city, and for no border across the 180th meridian.
 */
export function isInside(geofence: readonly Position[], place: Position): boolean {
  let isIn = false;
  let from = geofence.at(-1);
  for (const to of geofence) {
    if (from === undefined) return false;
    if (isOnEdge(from, to, place)) return true;
    if (crosses(from, to, place)) isIn = !isIn;
    from = to;
  }
  return isIn;
}

/** Whether a ray from the place to the east crosses the edge. A corner belongs to the edge above it alone. */
function crosses(from: Position, to: Position, { latitude, longitude }: Position): boolean {
  if (from.latitude > latitude === to.latitude > latitude) return false;
  const share = (latitude - from.latitude) / (to.latitude - from.latitude);
  return longitude < from.longitude + share * (to.longitude - from.longitude);
}

/** The distance to the nearest point of the edge is nothing. */
function isOnEdge(from: Position, to: Position, place: Position): boolean {
  const [dx, dy] = [to.longitude - from.longitude, to.latitude - from.latitude];
  const [px, py] = [place.longitude - from.longitude, place.latitude - from.latitude];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
  return Math.hypot(px - along * dx, py - along * dy) <= edge;
}
