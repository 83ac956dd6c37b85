import { knownCharacters } from '../plate/plate';
import { captureDay, forgottenAtMs } from '../retention/day';
import { type CameraRecord, distanceM } from './camera';
import type { Read } from './read';

/**
 * Which stream a read came by: signed by a camera of the Department, signed by a partner's feed, or made by
 * `detect-plates`, which alone may write there.
 */
export type ReadSource = 'camera' | 'partner' | 'detected';

/** Why something is quarantined, each with the SOP clause that it would break. */
export const quarantineClauses = {
  undecodable: 'Policy-D',
  'unknown-camera': 'Policy-D',
  'retired-camera': 'Policy-D',
  'forged-signature': 'Acct-D',
  'wrong-stream': 'Storage-C',
  'wrong-network': 'Storage-C',
  'agreement-ended': 'Storage-E',
  'plate-unusable': 'Def',
  'captured-in-future': 'Storage-A',
  'too-old': 'Storage-A',
  'no-approved-site': 'Policy-E',
  moved: 'Policy-E',
  'frame-name': 'Policy-D',
  'frame-too-large': 'Policy-D',
  'frame-unreadable': 'Policy-D',
} as const;

export type QuarantineReason = keyof typeof quarantineClauses;
export type QuarantineClause = (typeof quarantineClauses)[QuarantineReason];

export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'quarantined'; readonly reason: QuarantineReason; readonly clause: QuarantineClause };

export interface AdmissionLimits {
  readonly retentionDays: number;
  /** The longest that a plaintext copy of an arriving read may still lie in streams and failure stores. */
  readonly transitMs: number;
  /** How far a fixed camera may report from its approved site, metres. */
  readonly siteRadiusM: number;
  /** How far a camera's clock may be ahead of ours. */
  readonly clockAheadMs: number;
}

export interface AdmissionFacts {
  readonly source: ReadSource;
  /** `undefined`: the registry has no such camera. */
  readonly camera: CameraRecord | undefined;
  /** Of the envelope, with the registered key; ignored for `detected`. */
  readonly signatureValid: boolean;
  readonly nowMs: number;
  readonly limits: AdmissionLimits;
}

/** Below this, a read says too little about a vehicle to be worth keeping. */
const knownCharactersMin = 2;

/**
 * Decides whether a read is stored, matched and indexed, or quarantined. Who sent it comes first, then whether the
 * read makes sense, then where the camera stands; the first rule broken is the reason. Every consumer of reads asks
 * here, so all of them answer alike.
 */
export function admit(read: Read, facts: AdmissionFacts): Admission {
  const reason = refusal(read, facts);
  return reason === undefined ? { kind: 'admitted' } : quarantined(reason);
}

/** What can be said against the camera itself, before any read of it is looked at. */
export function cameraRefusal(camera: CameraRecord | undefined): QuarantineReason | undefined {
  if (camera === undefined) return 'unknown-camera';
  return camera.status === 'active' ? undefined : 'retired-camera';
}

export function quarantined(reason: QuarantineReason): Admission & { kind: 'quarantined' } {
  return { kind: 'quarantined', reason, clause: quarantineClauses[reason] };
}

function refusal(read: Read, facts: AdmissionFacts): QuarantineReason | undefined {
  const { source, camera, signatureValid, nowMs, limits } = facts;
  if (camera === undefined || camera.cameraId !== read.cameraId) return 'unknown-camera';
  if (camera.status !== 'active') return 'retired-camera';
  if (source !== 'detected' && !signatureValid) return 'forged-signature';
  if ((source === 'partner') !== (camera.kind === 'partner')) return 'wrong-stream';
  if (camera.network !== read.network) return 'wrong-network';
  if (camera.isNetworkClosed) return 'agreement-ended';
  if (knownCharacters(read.plate) < knownCharactersMin) return 'plate-unusable';
  if (read.capturedAtMs > nowMs + limits.clockAheadMs) return 'captured-in-future';
  if (isTooOld(read, nowMs, limits)) return 'too-old';
  return camera.kind === 'fixed' ? siteRefusal(read, camera, limits) : undefined;
}

/** Its last plaintext copy in transit would outlive the day's key (Storage-A). */
function isTooOld(read: Read, nowMs: number, limits: AdmissionLimits): boolean {
  return nowMs + limits.transitMs > forgottenAtMs(captureDay(read.capturedAtMs), limits.retentionDays);
}

/** A fixed camera counts only where, and from when, its site was approved (Policy-E). */
function siteRefusal(
  read: Read,
  camera: CameraRecord,
  limits: AdmissionLimits,
): 'no-approved-site' | 'moved' | undefined {
  const { site } = camera;
  if (site === undefined || site.approvedAtMs > read.capturedAtMs) return 'no-approved-site';
  return distanceM(site, read.position) <= limits.siteRadiusM ? undefined : 'moved';
}
