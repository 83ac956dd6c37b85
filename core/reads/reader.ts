import type { Plate } from '../plate/plate';
import type { Box, Candidate } from './read';

/** What a plate reader found at one place of one image. */
export interface Sighting {
  readonly plate: Plate;
  readonly candidates: readonly Candidate[];
  readonly confidence: number;
  readonly characterConfidences: readonly number[];
  readonly state?: string;
  readonly box: Box;
  readonly vehicleBox: Box;
  /** `accepted`: at or above the reader's acceptance threshold. `abstained`: located, but not read well enough. */
  readonly outcome: 'accepted' | 'abstained';
}

/** Reads the plates in one encoded image (JPEG or PNG). Throws `UnreadableImage` for what is not an image. */
export interface PlateReader {
  read(image: Uint8Array): Promise<readonly Sighting[]>;
}

export class UnreadableImage extends Error {
  constructor(
    readonly code: 'not-an-image' | 'truncated' | 'too-large' | 'too-small',
    options?: { cause?: unknown },
  ) {
    super(`the frame cannot be read: ${code}`, options);
    this.name = 'UnreadableImage';
  }
}
