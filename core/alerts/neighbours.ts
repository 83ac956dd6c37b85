import type { Configuration } from '../contract/configuration';
import type { Concern } from '../hot-list/listed-vehicle';
import type { Position } from '../reads/camera';
import { isInside } from '../sharing/geofence';
import type { AlertRecord, RecordedNotification } from './alert-record';

export type Neighbour = Configuration['neighbours'][number];

/** Policy-I speaks of stolen vehicles; a stolen plate is on a vehicle that may be one. */
const stolen: ReadonlySet<Concern> = new Set(['stolen-vehicle', 'stolen-plate']);

export function isStolen({ alert }: Pick<AlertRecord, 'alert'>): boolean {
  return stolen.has(alert.vehicle.concern);
}

export function neighboursAt(neighbours: readonly Neighbour[], place: Position): readonly Neighbour[] {
  return neighbours.filter(({ geofence }) => isInside(geofence, place));
}

/** A neighbour to tell, or told. */
export interface NeighbourTask {
  readonly neighbour: Neighbour;
  readonly notification?: RecordedNotification;
}

/**
 * Whom to tell before any enforcement (Policy-I). A task opens as soon as a read of a stolen vehicle, or whoever took
 * the alert on, is inside a neighbour's border: the officer may follow the vehicle across it without any camera there.
 */
export function neighbourTasks(
  record: AlertRecord,
  neighbours: readonly Neighbour[],
): readonly NeighbourTask[] {
  const { alert, trail, acknowledgement, notifications } = record;
  const places = [alert, ...trail, ...(acknowledgement ? [acknowledgement] : [])].flatMap(
    ({ position }) => position ?? [],
  );
  return neighbours.flatMap((neighbour) => {
    const notification = notifications.find((each) => each.neighbour === neighbour.id);
    if (notification !== undefined) return [{ neighbour, notification }];
    const isNear = isStolen(record) && places.some((place) => isInside(neighbour.geofence, place));
    return isNear ? [{ neighbour }] : [];
  });
}
