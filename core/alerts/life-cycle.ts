import type {
  checks,
  DispositionRequest,
  dispositions,
  findings,
  VerificationRequest,
} from '../contract/verification';
import type { Alert } from './alert';

export type Check = (typeof checks)[number];
export type Finding = (typeof findings)[number];
export type DispositionKind = (typeof dispositions)[number];

/** The checklist of Policy-G as a named user filled it in. */
export interface Verification {
  readonly outcome: 'verified' | 'rejected';
  readonly checklist: Readonly<Record<Check, Finding>>;
  readonly vehicle: string;
  readonly registrationQuery?: { readonly reference: string; readonly finding: Finding };
  readonly verifiedBy: string;
  readonly verifiedAtMs: number;
}

/** What came of an alert; the first one stands. */
export interface Disposition {
  readonly kind: DispositionKind;
  readonly atMs: number;
  readonly suspicion?: string;
  readonly recordedBy: string;
  readonly recordedAtMs: number;
}

/** An alert and what was done with it since. `alert.state` follows from `verification`. */
export interface AlertRecord {
  readonly alert: Alert;
  readonly verification?: Verification;
  readonly disposition?: Disposition;
}

export interface AlertRefusal {
  readonly kind: 'refused';
  /** `state`: somebody was there before; `rule`: the SOP does not allow it. */
  readonly because: 'state' | 'rule';
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
}

export type Verified = { readonly kind: 'verified'; readonly verification: Verification } | AlertRefusal;
export type Disposed =
  | { readonly kind: 'disposed'; readonly disposition: Disposition; readonly verification: Verification }
  | AlertRefusal;

export interface By {
  readonly username: string;
  readonly nowMs: number;
}

const enforcement: ReadonlySet<DispositionKind> = new Set([
  'stopped',
  'cited',
  'arrested',
  'vehicle-recovered',
]);

export function isEnforcement(kind: DispositionKind): boolean {
  return enforcement.has(kind);
}

/**
 * Open becomes verified or rejected, once (Policy-G): by a user who was shown both images, verified only where each
 * check is confirmed and no registration query speaks against it, rejected only where something does not confirm. The
 * same user asking for the same again gets what stands, so that a lost reply can be repeated.
 */
export function verifyAlert(
  record: AlertRecord,
  request: VerificationRequest,
  by: By & { readonly imagesShown: { readonly plate: boolean; readonly vehicle: boolean } },
): Verified {
  const { outcome, checklist, vehicle, registrationQuery } = request;
  const verification: Verification = {
    outcome,
    checklist,
    vehicle,
    ...(registrationQuery === undefined ? {} : { registrationQuery }),
    verifiedBy: by.username,
    verifiedAtMs: by.nowMs,
  };
  const before = record.verification;
  if (before !== undefined)
    return isSame({ ...verification, verifiedAtMs: before.verifiedAtMs }, before)
      ? { kind: 'verified', verification: before }
      : refusedByState('Policy-G', `The alert is ${before.outcome} already.`);
  if (!by.imagesShown.plate || !by.imagesShown.vehicle) return imagesFirst;
  const isConfirmed = Object.values(checklist).every((each) => each === 'confirmed');
  const speaksAgainst = registrationQuery?.finding === 'contradicted';
  if (outcome === 'verified' && (!isConfirmed || speaksAgainst)) return notConfirmed;
  if (outcome === 'rejected' && isConfirmed && !speaksAgainst) return nothingAgainst;
  return { kind: 'verified', verification };
}

/**
 * Records what came of an alert after its verification, once. Enforcement needs a verified alert (Policy-G), a time
 * after the verification, and the reasonable suspicion beyond the alert in words (Policy-F).
 */
export function disposeAlert(record: AlertRecord, request: DispositionRequest, by: By): Disposed {
  const { verification, disposition: before } = record;
  if (verification === undefined) return verifyFirst;
  const disposition: Disposition = {
    kind: request.kind,
    atMs: Date.parse(request.at),
    ...(request.suspicion === undefined ? {} : { suspicion: request.suspicion }),
    recordedBy: by.username,
    recordedAtMs: by.nowMs,
  };
  if (before !== undefined)
    return isSame({ ...disposition, recordedAtMs: before.recordedAtMs }, before)
      ? { kind: 'disposed', disposition: before, verification }
      : refusedByState('Policy-F', 'The alert has its disposition already.');
  if (disposition.atMs > by.nowMs)
    return refused(
      'Policy-G',
      'The time of the disposition is in the future.',
      'Give the time when it happened.',
    );
  if (isEnforcement(request.kind)) {
    if (verification.outcome === 'rejected') return rejectedAlert;
    if (disposition.atMs < verification.verifiedAtMs) return enforcedBefore;
    if (request.suspicion === undefined) return noSuspicion;
  }
  return { kind: 'disposed', disposition, verification };
}

function refused(clause: string, message: string, remedy: string): AlertRefusal {
  return { kind: 'refused', because: 'rule', clause, message, remedy };
}

function refusedByState(clause: string, message: string): AlertRefusal {
  return {
    kind: 'refused',
    because: 'state',
    clause,
    message,
    remedy: 'List the alerts to see how it stands.',
  };
}

const imagesFirst = refused(
  'Policy-G',
  'You have not been shown both images of this alert in the last hour.',
  'Open the plate image and the vehicle image of the alert, then fill in the checklist.',
);
const notConfirmed = refused(
  'Policy-G',
  'An alert is verified only when every check is confirmed and no registration query contradicts it.',
  'Reject the alert, or look again at what is not confirmed.',
);
const nothingAgainst = refused(
  'Policy-G',
  'An alert is rejected only when a check or a registration query does not confirm it.',
  'Say which check does not confirm, or verify the alert.',
);
const verifyFirst = refused(
  'Policy-G',
  'The alert is not verified, so no action on it can be recorded.',
  'Verify or reject the alert first.',
);
const rejectedAlert = refused(
  'Policy-G',
  'The alert was rejected; enforcement cannot rest on it.',
  'Record an outcome without enforcement, or report what the enforcement rested on.',
);
const enforcedBefore = refused(
  'Policy-G',
  'The enforcement was before the verification.',
  'Check the time; if it is right, report it to your supervisor.',
);
const noSuspicion = refused(
  'Policy-F',
  'An alert alone is no ground for enforcement: the reasonable suspicion is missing.',
  'Say what the suspicion rests on beyond the alert.',
);

function isSame(a: object, b: object): boolean {
  return canonical(a) === canonical(b);
}

/** JSON with sorted keys: a stored record may come back in another order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
