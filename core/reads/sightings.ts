import type { CameraRecord } from './camera';
import { detectedReadId } from './detected';
import type { FrameName } from './frame-name';
import type { Read } from './read';
import type { Sighting } from './reader';

/** A frame of an enrolled camera at its approved site. */
export interface Frame extends FrameName {
  readonly key: string;
  readonly camera: CameraRecord;
}

/**
 * The read of one accepted sighting, the n-th of its frame. Network and position are the registry's: a frame says
 * neither. `undefined`: the camera has no approved site, so nobody knows where this was seen (Policy-E).
 */
export function readOfSighting(sighting: Sighting, frame: Frame, index: number): Read | undefined {
  const { site, network } = frame.camera;
  if (site === undefined) return undefined;
  return {
    readId: detectedReadId(frame.key, index),
    cameraId: frame.cameraId,
    network,
    capturedAtMs: frame.capturedAtMs,
    plate: sighting.plate,
    candidates: sighting.candidates.filter(({ plate }) => plate !== sighting.plate).slice(0, 16),
    confidence: sighting.confidence,
    ...(sighting.state === undefined ? {} : { state: sighting.state }),
    position: { latitude: site.latitude, longitude: site.longitude },
    box: sighting.box,
  };
}
