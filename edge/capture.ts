import type { Box, CapturedRead } from '../core/reads/read';
import type { Sighting } from '../core/reads/reader';
import { cropJpeg } from '../reader/crop';
import type { CameraFrame, EdgeCamera } from './frame';

/** The two pictures of a read together. Two such reads still fit one envelope. */
export const imageBytesMax = 256 * 1024;

const plateBytesMax = 64 * 1024;

/** From the best picture to the smallest that an officer can still verify by. */
const plateSteps = [
  { maxWidth: 480, quality: 85 },
  { maxWidth: 320, quality: 75 },
  { maxWidth: 240, quality: 60 },
] as const;
const vehicleSteps = [
  { maxWidth: 960, quality: 80 },
  { maxWidth: 640, quality: 75 },
  { maxWidth: 480, quality: 60 },
  { maxWidth: 320, quality: 50 },
] as const;

/** The read of one accepted sighting, with its pictures; a picture that fits no step is left out. */
export async function captureRead(
  sighting: Sighting,
  { camera, frame, readId }: { camera: EdgeCamera; frame: CameraFrame; readId: string },
): Promise<CapturedRead> {
  const { plate, candidates, confidence, state, box, vehicleBox } = sighting;
  const plateImage = await firstWithin(frame.image, box, plateSteps, plateBytesMax);
  const left = imageBytesMax - (plateImage?.byteLength ?? 0);
  const vehicleImage = await firstWithin(frame.image, vehicleBox, vehicleSteps, left);
  return {
    read: {
      readId,
      cameraId: camera.cameraId,
      network: camera.network,
      capturedAtMs: frame.capturedAtMs,
      plate,
      candidates,
      confidence,
      ...(state !== undefined && { state }),
      position: frame.position ?? camera.position,
      box,
    },
    images: {
      ...(plateImage !== undefined && { plate: plateImage }),
      ...(vehicleImage !== undefined && { vehicle: vehicleImage }),
    },
  };
}

async function firstWithin(
  image: Uint8Array,
  box: Box,
  steps: readonly { maxWidth: number; quality: number }[],
  bytesMax: number,
): Promise<Uint8Array | undefined> {
  for (const step of steps) {
    const crop = await cropJpeg(image, box, step);
    if (crop.byteLength <= bytesMax) return crop;
  }
  return undefined;
}
