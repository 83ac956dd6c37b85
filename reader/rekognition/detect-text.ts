import {
  DetectTextCommand,
  ImageTooLargeException,
  InvalidImageFormatException,
  type RekognitionClient,
} from '@aws-sdk/client-rekognition';
import { UnreadableImage } from '../../core/reads/reader';
import { type DetectedLine, linesOf } from './detected-text';
import type { Picture } from './picture';

/** All text of a picture, in its pixels. */
export type DetectText = (picture: Picture) => Promise<DetectedLine[]>;

/** The managed reader did not answer, after the client's own retries. No text and no picture is in the message. */
export class PlateServiceError extends Error {
  constructor(
    readonly code: 'unavailable' | 'malformed',
    options?: { cause?: unknown },
  ) {
    super(`the plate reading service: ${code}`, options);
    this.name = 'PlateServiceError';
  }
}

/** `DetectText` of Rekognition. Throws `UnreadableImage` for a picture that it refuses, else `PlateServiceError`. */
export function detectTextBy(client: Pick<RekognitionClient, 'send'>): DetectText {
  return async (picture) => {
    const { TextDetections } = await client
      .send(new DetectTextCommand({ Image: { Bytes: picture.jpeg } }))
      .catch((cause: unknown) => {
        if (cause instanceof InvalidImageFormatException)
          throw new UnreadableImage('not-an-image', { cause });
        if (cause instanceof ImageTooLargeException) throw new UnreadableImage('too-large', { cause });
        throw new PlateServiceError('unavailable', { cause });
      });
    if (TextDetections === undefined) throw new PlateServiceError('malformed');
    return linesOf(TextDetections, picture);
  };
}
