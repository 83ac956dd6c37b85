import { distanceM } from '../reads/camera';
import type { Read } from '../reads/read';
import { captureDay, captureHour, dayMs } from '../retention/day';
import type { DayKey } from '../retention/day-key';
import type { DayKeys } from '../retention/ports';
import { whileKept } from '../retention/while-kept';
import { mapBounded } from './bounded';
import { callsAtOnce, type Findings, isOfState, keptDays, type ReadRange, rowInRange } from './find-reads';
import { openNewest, type Row } from './open-rows';
import type { PlaceSearched, ReadsByPlace } from './ports';

export interface PlaceStores {
  readonly dayKeys: DayKeys;
  readonly readsByPlace: ReadsByPlace;
}

export interface PlaceQuery extends ReadRange {
  readonly places: readonly PlaceSearched[];
  /** How far from its site a fixed camera may have been, metres. */
  readonly siteRadiusM: number;
}

const hourMs = 3_600_000;

/**
 * Finds the reads of cameras in a window, hour by hour. Cameras of networks out of scope are not even asked for
 * (Access-D). Of a camera that has moved, only what it read at the site that was searched.
 */
export async function findAtPlace(stores: PlaceStores, query: PlaceQuery): Promise<Findings> {
  const cameras = camerasOf(query);
  const days = new Set(keptDays(query));
  const hours = hoursOf(query).filter(({ day }) => days.has(day));
  const keys = new Map<string, DayKey>();
  for (const day of days) {
    const key = await stores.dayKeys.forReading(day);
    if (key !== undefined) keys.set(day, key);
  }
  const asked = hours.flatMap(({ day, hour }) => {
    const key = keys.get(day);
    return key === undefined ? [] : cameras.map((camera) => ({ key, hour, ...camera }));
  });
  const rows = await mapBounded(asked, callsAtOnce, (each) => rowsOf(stores.readsByPlace, query, each));
  const { limit, after, only } = query;
  const opened = openNewest(rows.flat(), {
    limit,
    after,
    only,
    matchOf: (read) => (isOfState(query, read) && isAtPlace(query, read) ? 'exact' : undefined),
  });
  return { ...opened, truncated: opened.more };
}

/** The hours (UTC) that a window touches. */
export function hoursTouched(fromMs: number, toMs: number): number {
  return Math.floor(toMs / hourMs) - Math.floor(fromMs / hourMs) + 1;
}

function camerasOf({ places, networks }: PlaceQuery) {
  const inScope = places.filter(({ network }) => networks.includes(network));
  return [
    ...new Map(
      inScope.map(({ network, cameraId }) => [`${network}|${cameraId}`, { network, cameraId }]),
    ).values(),
  ];
}

function hoursOf({ fromMs, toMs, nowMs }: PlaceQuery) {
  const firstMs = Math.floor(Math.max(0, fromMs) / hourMs) * hourMs;
  const count = Math.min(hoursTouched(firstMs, Math.min(toMs, nowMs)), (31 * dayMs) / hourMs);
  return Array.from({ length: Math.max(0, count) }, (_, at) => {
    const ms = firstMs + at * hourMs;
    return { hour: captureHour(ms), day: captureDay(ms) };
  });
}

async function rowsOf(
  reads: ReadsByPlace,
  query: PlaceQuery,
  asked: {
    readonly key: DayKey;
    readonly hour: string;
    readonly network: string;
    readonly cameraId: string;
  },
): Promise<Row[]> {
  const { key, hour, network, cameraId } = asked;
  const placeKey = whileKept(() => key.placeKey(network, cameraId, hour));
  if (!placeKey) return [];
  const sealed = await reads.byPlace(key.day, placeKey);
  return sealed.flatMap((row) => rowInRange(key, row, query) ?? []);
}

function isAtPlace({ places, siteRadiusM }: PlaceQuery, read: Read): boolean {
  return places.some(
    ({ network, cameraId, site }) =>
      network === read.network &&
      cameraId === read.cameraId &&
      (site === undefined || distanceM(site, read.position) <= siteRadiusM),
  );
}
