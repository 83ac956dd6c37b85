import type { rejectionReasons } from '../contract/alerts';
import type { checks, dispositions, findings } from '../contract/verification';
import type { Position } from '../reads/camera';
import type { Alert, Sighting } from './alert';

export type Check = (typeof checks)[number];
export type Finding = (typeof findings)[number];
export type DispositionKind = (typeof dispositions)[number];
export type Rejection = (typeof rejectionReasons)[number];

/** Somebody took the alert on. */
export interface Acknowledgement {
  readonly acknowledgedBy: string;
  readonly acknowledgedAtMs: number;
  /** Where he or she was. */
  readonly position?: Position;
}

/** A query on the registration, LEADS or NCIC. */
export interface RegistrationQuery {
  readonly reference: string;
  readonly finding: Finding;
  readonly atMs: number;
}

/** The checklist of Policy-G as a named user filled it in. */
export interface Verification {
  readonly outcome: 'verified' | 'rejected';
  readonly checklist: Readonly<Record<Check, Finding>>;
  readonly vehicle: string;
  readonly registrationQuery?: RegistrationQuery;
  /** Of a rejection, always. */
  readonly rejection?: Rejection;
  /** The characters that the plate image shows, as the user read them. */
  readonly actualPlate?: string;
  readonly verifiedBy: string;
  readonly verifiedAtMs: number;
}

/** What came of an alert; the first one stands. */
export interface Disposition {
  readonly kind: DispositionKind;
  readonly atMs: number;
  readonly suspicion?: string;
  readonly action?: string;
  readonly place?: Position;
  readonly recordedBy: string;
  readonly recordedAtMs: number;
}

/** A neighbouring agency was told; the first telling of each stands (Policy-I). */
export interface RecordedNotification {
  readonly neighbour: string;
  readonly told: string;
  readonly atMs: number;
  readonly recordedBy: string;
  readonly recordedAtMs: number;
}

/** An alert and what became of it since. `alert.state` follows from `acknowledgement` and `verification`. */
export interface AlertRecord {
  readonly alert: Alert;
  /** Later reads of the same window, in order of capture. */
  readonly trail: readonly Sighting[];
  readonly acknowledgement?: Acknowledgement;
  readonly verification?: Verification;
  readonly disposition?: Disposition;
  readonly notifications: readonly RecordedNotification[];
  /** Nobody took it on in time. */
  readonly escalatedAtMs?: number;
}

/** The most reads that an alert keeps beside its first: a car parked before a camera must not grow it without end. */
export const trailMax = 50;

/** The trail with one more sighting, in order of capture. */
export function withSighting(record: AlertRecord, sighting: Sighting): AlertRecord {
  return { ...record, trail: inOrder([...record.trail, sighting]) };
}

export function inOrder(trail: readonly Sighting[]): readonly Sighting[] {
  return [...trail].sort(
    (a, b) => a.capturedAtMs - b.capturedAtMs || (a.readId < b.readId ? -1 : Number(a.readId > b.readId)),
  );
}

/**
 * The alert as somebody sees it whose scope is these networks (Access-D): the reads of other networks are left out, and
 * where the first is one of them, the earliest in scope stands in its place. `undefined`: none is in scope.
 */
export function seenFrom(record: AlertRecord, networks: readonly string[]): AlertRecord | undefined {
  const trail = record.trail.filter((each) => networks.includes(each.network));
  if (networks.includes(record.alert.network)) return { ...record, trail };
  const [lead, ...rest] = trail;
  if (lead === undefined) return undefined;
  const { recordedAtMs: _, ...seen } = lead;
  const { alertId, entryId, state, vehicle, misreadsBefore, raisedAtMs } = record.alert;
  return {
    ...record,
    alert: { ...seen, alertId, entryId, state, vehicle, misreadsBefore, raisedAtMs },
    trail: rest,
  };
}

/** A caution cannot be muted. */
export function priorityOf({ vehicle }: Pick<Alert, 'vehicle'>): 'caution' | 'ordinary' {
  return vehicle.cautions.length > 0 ? 'caution' : 'ordinary';
}
