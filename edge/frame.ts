import type { Read } from '../core/reads/read';

/** One photo that a camera took. */
export interface CameraFrame {
  /** JPEG or PNG, straight from the camera. */
  readonly image: Uint8Array;
  /** Milliseconds since the epoch, UTC, by the device's clock. */
  readonly capturedAtMs: number;
  /** Names the photo in this device's reports; leaves the device never. */
  readonly name: string;
  /** Where a car was; a fixed camera stands where `EdgeCamera` says. */
  readonly position?: Read['position'];
}

/** What the device knows of itself; the registry in the cloud decides whether that is believed. */
export interface EdgeCamera {
  readonly cameraId: string;
  readonly network: string;
  readonly position: Read['position'];
}
