import type { Sites } from '../cameras/ports';
import type { Site } from '../cameras/site';
import type { Configuration } from '../contract/configuration';
import type { SearchArea, SearchPlace } from '../contract/search-place';
import { distanceM } from '../reads/camera';
import { isInside } from '../sharing/geofence';
import { hoursTouched } from './find-at-place';
import type { PlaceSearched } from './ports';

export type Places =
  | { readonly kind: 'places'; readonly places: readonly PlaceSearched[]; readonly cameraHours: number }
  /** More than one search by place may look at, or nothing that could be looked at. */
  | { readonly kind: 'unusable'; readonly field: 'place' | 'from'; readonly message: string };

interface Asked {
  readonly place: SearchPlace;
  readonly fromMs: number;
  readonly toMs: number;
  readonly networks: readonly string[];
}

/**
 * The cameras that a search by place looks at: those that it names, or the fixed ones that stand or stood at a site
 * inside its area. Each camera counts for each hour (Storage-A: no mass download).
 */
export async function placesOf(
  sites: Pick<Sites, 'list'>,
  caps: Configuration['caps']['place'],
  asked: Asked,
): Promise<Places> {
  const { place, fromMs, toMs } = asked;
  if (toMs - fromMs > caps.hoursMax * 3_600_000)
    return unusable('from', `must be at most ${caps.hoursMax} hours before to, in a search by place`);
  if (place.kind !== 'cameras' && areaKm2(place) > caps.areaKm2Max)
    return unusable('place', `must be an area of at most ${caps.areaKm2Max} square kilometres`);
  const places = place.kind === 'cameras' ? place.cameras : sitesInside(place, await sites.list(), asked);
  const cameras = new Set(places.map(({ network, cameraId }) => `${network}|${cameraId}`)).size;
  if (cameras > caps.camerasMax)
    return unusable('place', `reaches ${cameras} cameras, and at most ${caps.camerasMax} may be searched`);
  return { kind: 'places', places, cameraHours: cameras * hoursTouched(fromMs, toMs) };
}

/** Square kilometres, on a plane: exact enough for a city. */
export function areaKm2(area: SearchArea): number {
  if (area.kind === 'circle') return (Math.PI * area.radiusM ** 2) / 1e6;
  const [origin] = area.corners;
  if (origin === undefined) return 0;
  const kmPerDegree = 111.2;
  const width = kmPerDegree * Math.cos((origin.latitude * Math.PI) / 180);
  const plane = area.corners.map(({ latitude, longitude }) => ({
    x: (longitude - origin.longitude) * width,
    y: (latitude - origin.latitude) * kmPerDegree,
  }));
  let doubled = 0;
  let from = plane.at(-1);
  for (const to of plane) {
    if (from !== undefined) doubled += from.x * to.y - to.x * from.y;
    from = to;
  }
  return Math.abs(doubled) / 2;
}

function sitesInside(area: SearchArea, sites: readonly Site[], { networks }: Asked): PlaceSearched[] {
  return sites
    .filter((site) => networks.includes(site.network) && isIn(area, site))
    .flatMap(({ network, latitude, longitude, steps, cameraId }) =>
      [
        ...new Set([
          cameraId,
          ...steps.filter(({ kind }) => kind === 'installed').map((step) => step.cameraId),
        ]),
      ]
        .filter((each) => each !== undefined)
        .map((each) => ({ network, cameraId: each, site: { latitude, longitude } })),
    );
}

function isIn(area: SearchArea, site: Site): boolean {
  if (area.kind === 'polygon') return isInside(area.corners, site);
  return distanceM(area.centre, site) <= area.radiusM;
}

function unusable(field: 'place' | 'from', message: string): Places {
  return { kind: 'unusable', field, message };
}
