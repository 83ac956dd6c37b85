import { type Alert as AnsweredAlert, alertNotice } from '../contract/alerts';
import type { ListedVehicle } from '../hot-list/listed-vehicle';
import type { Position } from '../reads/camera';
import { captureDay } from '../retention/day';
import type { ImageLinks } from '../search/ports';
import type { Sighting } from './alert';
import { type AlertRecord, priorityOf } from './alert-record';
import { type Neighbour, type NeighbourTask, neighbourTasks } from './neighbours';

/** For whom the image links are, and the id by which the audit log knows this answer or delivery. */
export interface AnswerOwner {
  readonly username: string;
  readonly searchId: string;
}

/**
 * Alerts as a user gets them, asked for or sent: with the notice of Policy-F, one-time links to the images by which
 * they are verified (Policy-G), and of the entries behind them only what an officer needs, never who asked for it or why
 * (Policy-H.a). The records are as seen from the user's networks.
 */
export async function answerAlerts(
  deps: { readonly imageLinks: Pick<ImageLinks, 'issue'>; readonly neighbours: readonly Neighbour[] },
  records: readonly AlertRecord[],
  owner: AnswerOwner,
): Promise<AnsweredAlert[]> {
  const tokens = await deps.imageLinks.issue(
    records.flatMap(({ alert: { readId, network, capturedAtMs } }) => {
      const target = { ...owner, readId, network, day: captureDay(capturedAtMs) };
      return [
        { ...target, image: 'plate' as const },
        { ...target, image: 'vehicle' as const },
      ];
    }),
  );
  return records.map((each, at) => ({
    ...describe(each, deps.neighbours),
    images: { plate: imagePath(tokens[2 * at]), vehicle: imagePath(tokens[2 * at + 1]) },
  }));
}

function describe(record: AlertRecord, neighbours: readonly Neighbour[]): Omit<AnsweredAlert, 'images'> {
  const { alert } = record;
  return {
    alertId: alert.alertId,
    raisedAt: iso(alert.raisedAtMs),
    state: alert.state,
    grade: alert.grade,
    priority: priorityOf(alert),
    plate: alert.plate,
    ...(alert.issuingState === undefined ? {} : { issuingState: alert.issuingState }),
    ...describeSighting(alert),
    confidence: alert.confidence,
    listed: describeVehicle(alert.vehicle),
    trail: record.trail.map(describeSighting),
    neighbourTasks: neighbourTasks(record, neighbours).map(describeTask),
    misreadsBefore: alert.misreadsBefore,
    escalated: record.escalatedAtMs !== undefined,
    notice: alertNotice,
  };
}

function describeSighting(seen: Omit<Sighting, 'recordedAtMs'>) {
  const { readId, cameraId, network, position } = seen;
  return { readId, capturedAt: iso(seen.capturedAtMs), cameraId, network, position: placeOf(position) };
}

function describeVehicle(vehicle: ListedVehicle): AnsweredAlert['listed'] {
  const { list, listName, listVersion, plate, state, concern, description, instructions } = vehicle;
  return {
    list,
    listName,
    ...(listVersion === undefined ? {} : { listVersion }),
    listedAt: iso(vehicle.listedAtMs),
    plate,
    ...(state === undefined ? {} : { state }),
    concern,
    ...(description === undefined ? {} : { description }),
    ...(instructions === undefined ? {} : { instructions }),
    cautions: [...vehicle.cautions],
    needsConfirmation: vehicle.needsConfirmation,
  };
}

/** A task as a user gets it. */
export function describeTask({
  neighbour,
  notification,
}: NeighbourTask): AnsweredAlert['neighbourTasks'][number] {
  return {
    neighbour: neighbour.id,
    name: neighbour.name,
    ...(notification === undefined ? {} : { notifiedAt: iso(notification.atMs) }),
  };
}

function placeOf({ latitude, longitude }: Position): Position {
  return { latitude, longitude };
}

function imagePath(token: string | undefined): string {
  if (token === undefined) throw new Error('an image link is missing');
  return `/v1/images/${token}`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
