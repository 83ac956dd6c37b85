import type { CameraKind, CameraRecord } from '../reads/camera';
import type { Site } from './site';
import type { SiteChange } from './site-life-cycle';

/** The camera sites as they are stored. Every read is strongly consistent. */
export interface Sites {
  find(siteId: string): Promise<Site | undefined>;
  list(): Promise<readonly Site[]>;
  /** All of a change in one step, registry included. `conflict`: something it rests on has changed meanwhile. */
  store(change: SiteChange): Promise<'stored' | 'conflict'>;
}

/** The registry of cameras. */
export interface CameraRegistry {
  find(cameraIds: Iterable<string>): Promise<ReadonlyMap<string, CameraRecord>>;
}

/** How a camera came in, and when it was last heard of: what the registry row does not say. */
export interface Enrolment {
  readonly cameraId: string;
  readonly network: string;
  readonly kind: CameraKind;
  readonly certificateId: string;
  readonly enrolledBy: string;
  readonly enrolledAtMs: number;
  /** When a read of it was last admitted, exact to a quarter of an hour. */
  readonly lastSeenMs?: number;
  /** How far its clock was ahead then, or behind where negative; absent of cameras that sign nothing themselves. */
  readonly clockAheadMs?: number;
  readonly retiredBy?: string;
  readonly retiredAtMs?: number;
}

export interface Enrolments {
  find(cameraId: string): Promise<Enrolment | undefined>;
  list(): Promise<readonly Enrolment[]>;
  /** Registry row, enrolment and, where it is installed at once, its site: in one step. */
  enrol(enrolled: {
    readonly camera: CameraRecord;
    readonly enrolment: Enrolment;
    readonly site?: Site;
  }): Promise<'stored' | 'conflict'>;
  /** Takes the camera out of the registry, and its site back to approved, in one step. */
  retire(retired: {
    readonly cameraId: string;
    readonly by: string;
    readonly atMs: number;
    readonly site?: Site;
  }): Promise<'stored' | 'conflict'>;
}

export interface DeviceCertificate {
  readonly certificateId: string;
  readonly certificatePem: string;
}

/** The identities by which devices get credentials. Each step may be repeated. */
export interface DeviceIdentities {
  /** A thing and a certificate of the device's own key, bound to each other; good for nothing until `activate`. */
  issue(device: {
    readonly cameraId: string;
    readonly kind: CameraKind;
    readonly signingRequest: string;
  }): Promise<DeviceCertificate>;
  find(certificateId: string): Promise<DeviceCertificate>;
  activate(certificateId: string): Promise<void>;
  /** No credentials for it from now on. */
  revoke(certificateId: string): Promise<void>;
  /** Where devices of a kind get their credentials: host, and the alias of the one role that they may take on. */
  credentials(kind: CameraKind): Promise<{ readonly endpoint: string; readonly roleAlias: string }>;
}

/** Where a fixed camera's video goes. */
export interface VideoIntake {
  /**
   * Makes the camera's stream and has frames sampled from it. Doing it twice changes nothing. `busy`: the stream is not
   * made yet, or is being changed; doing it again later finishes it.
   */
  prepare(cameraId: string): Promise<'ready' | 'busy'>;
}
