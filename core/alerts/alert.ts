import type { alertStates } from '../contract/alerts';
import type { MatchGrade } from '../hot-list/grade';
import type { Hit } from '../hot-list/hit';
import type { ListedVehicle } from '../hot-list/listed-vehicle';
import type { Plate } from '../plate/plate';
import type { Position } from '../reads/camera';
import type { Read } from '../reads/read';
import type { DayKey } from '../retention/day-key';

export type AlertState = (typeof alertStates)[number];

/** One read of an alert's vehicle, as far as an alert needs it. */
export interface Sighting {
  readonly readId: string;
  readonly grade: MatchGrade;
  /** As it was read, which may differ from the listed plate. */
  readonly plate: Plate;
  readonly issuingState?: string;
  readonly cameraId: string;
  readonly network: string;
  readonly capturedAtMs: number;
  readonly position: Position;
  /** 0 to 1, of the read. */
  readonly confidence: number;
  /** When it was stored first; its event bears that time. */
  readonly recordedAtMs: number;
}

/** What a match of a read with an entry becomes: the first read of its window, and what is listed of the vehicle. */
export interface Alert extends Omit<Sighting, 'recordedAtMs'> {
  readonly alertId: string;
  readonly entryId: string;
  /** As it stands now; an alert is raised open. */
  readonly state: AlertState;
  /** As it was listed when the alert was raised; says nothing of who listed it or why (Policy-H.a). */
  readonly vehicle: ListedVehicle;
  /** Earlier alerts of this entry that were rejected as misreads. */
  readonly misreadsBefore: number;
  readonly raisedAtMs: number;
}

/** Which alert a read belongs to: one per entry and window of the capture time, and one more after each rejection. */
export interface AlertWindow {
  readonly entryId: string;
  readonly windowMs: number;
  /** How many alerts of this entry and window were rejected before. */
  readonly rejectedBefore: number;
}

/**
 * Made of the entry's id and the window alone, so that a read that comes again, late or beside another falls on the
 * same alert. Windows are cut from midnight UTC and divide a day: none has two capture days, and so two keys. The id
 * outlives the day in the audit log, which also knows every entry's id; made under the day's key, it cannot be traced
 * to its entry by trying them once the day is forgotten (Storage-A).
 */
export function alertIdOf(
  dayKey: Pick<DayKey, 'idOf'>,
  { entryId, windowMs, rejectedBefore }: AlertWindow,
  capturedAtMs: number,
): string {
  const window = Math.floor(capturedAtMs / windowMs);
  return dayKey.idOf(`alert ${entryId} ${windowMs} ${window} ${rejectedBefore}`);
}

export function raiseAlert(
  read: Read,
  hit: Hit,
  at: { readonly alertId: string; readonly misreadsBefore: number; readonly nowMs: number },
): Alert {
  const { recordedAtMs, ...seen } = sightingOf(read, hit, at.nowMs);
  return {
    ...seen,
    alertId: at.alertId,
    entryId: hit.vehicle.entryId,
    state: 'open',
    vehicle: hit.vehicle,
    misreadsBefore: at.misreadsBefore,
    raisedAtMs: recordedAtMs,
  };
}

export function sightingOf(read: Read, hit: Hit, nowMs: number): Sighting {
  return {
    readId: read.readId,
    grade: hit.grade,
    plate: read.plate,
    ...(read.state === undefined ? {} : { issuingState: read.state }),
    cameraId: read.cameraId,
    network: read.network,
    capturedAtMs: read.capturedAtMs,
    position: { latitude: read.position.latitude, longitude: read.position.longitude },
    confidence: read.confidence,
    recordedAtMs: nowMs,
  };
}
