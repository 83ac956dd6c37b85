import type { Plate } from '../plate/plate';

/** A box in the frame, pixels from the top left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Candidate {
  readonly plate: Plate;
  /** 0 to 1. */
  readonly probability: number;
}

/** One plate seen once by one camera. Lives only in memory and, sealed, under its capture day's key. */
export interface Read {
  /**
   * UUID that says nothing about the vehicle: on its way a random one, given by the sender at capture; from admission
   * on the one that `ownReadId` makes of it.
   */
  readonly readId: string;
  readonly cameraId: string;
  /** Whose camera it is, for example `bloomington`. */
  readonly network: string;
  /** Milliseconds since the epoch, UTC. */
  readonly capturedAtMs: number;
  /** Normalised; `?` stands for a character that could not be read. */
  readonly plate: Plate;
  /** Further readings, most probable first; the first is not repeated. */
  readonly candidates: readonly Candidate[];
  /** 0 to 1, of the plate as a whole. */
  readonly confidence: number;
  /** Two-letter code of the issuing state where it can be told. */
  readonly state?: string;
  readonly position: { readonly latitude: number; readonly longitude: number };
  readonly box: Box;
}

export const imageKinds = ['plate', 'vehicle'] as const;
export type ImageKind = (typeof imageKinds)[number];

/** A read on its way, with the pictures an officer verifies it by (JPEG bytes). */
export interface CapturedRead {
  readonly read: Read;
  readonly images: Readonly<Partial<Record<ImageKind, Uint8Array>>>;
}
