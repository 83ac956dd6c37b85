/** What a camera is, as the registry knows it. */
export const cameraKinds = ['fixed', 'mobile', 'partner'] as const;
export type CameraKind = (typeof cameraKinds)[number];

export const cameraStatuses = ['active', 'retired'] as const;
export type CameraStatus = (typeof cameraStatuses)[number];

export interface Position {
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
}

/** Where a fixed camera may stand, chosen and approved as Policy-E asks. */
export interface ApprovedSite extends Position {
  readonly siteId: string;
  readonly approvedBy: string;
  readonly approvedAtMs: number;
}

/** One enrolled camera. */
export interface CameraRecord {
  readonly cameraId: string;
  /** Whose camera it is. */
  readonly network: string;
  readonly kind: CameraKind;
  /** P-256 public key of the device, PEM (SubjectPublicKeyInfo). */
  readonly publicKeyPem: string;
  readonly status: CameraStatus;
  /** Of fixed cameras only; absent: no approved site. */
  readonly site?: ApprovedSite;
  /** Of another agency, and no agreement opens its network at this moment. */
  readonly isNetworkClosed?: true;
  /** Of another agency, whose agreement keeps its reads from the hot lists. */
  readonly isUnmatched?: true;
}

const earthRadiusM = 6_371_008.8;

/** Great-circle distance in metres (haversine on the mean sphere; within 0.5 % of the ellipsoid). */
export function distanceM(a: Position, b: Position): number {
  const latitude = radians(b.latitude - a.latitude);
  const longitude = radians(b.longitude - a.longitude);
  const h =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(longitude / 2) ** 2;
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(h)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
