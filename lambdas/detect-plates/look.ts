import type { FrameNotice } from '../../adapters/streams/frame-events';
import { cameraRefusal, type QuarantineReason } from '../../core/reads/admit';
import { type FrameName, parseFrameName } from '../../core/reads/frame-name';
import { type Sighting, UnreadableImage } from '../../core/reads/reader';
import type { Frame } from '../../core/reads/sightings';
import type { DetectPlatesDeps } from './handler';

/** A street camera's JPEG has 1 to 4 MB; more is no picture we asked for. */
const frameBytesMax = 8 * 1024 * 1024;

export type Look =
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly reason: QuarantineReason; readonly name: FrameName | undefined }
  | LookedAt;

/** A frame of an enrolled camera at its approved site, and what was seen in it. */
export interface LookedAt {
  readonly kind: 'looked';
  readonly frame: Frame;
  readonly image: Uint8Array;
  readonly sightings: readonly Sighting[];
}

/**
 * Frames are hostile input: one is looked at only if its camera is enrolled at an approved site (Policy-E), and only
 * below a size. `gone`: deleted after an earlier delivery of the same message.
 */
export async function lookAt(
  notice: FrameNotice,
  { cameras, frames, reader }: Pick<DetectPlatesDeps, 'cameras' | 'frames' | 'reader'>,
): Promise<Look> {
  const name = parseFrameName(notice.key);
  const refused = (reason: QuarantineReason): Look => ({ kind: 'refused', reason, name });
  if (name === undefined) return refused('frame-name');
  if (notice.sizeBytes > frameBytesMax) return refused('frame-too-large');

  const camera = (await cameras.find([name.cameraId])).get(name.cameraId);
  const reason = cameraRefusal(camera);
  if (camera === undefined || reason !== undefined) return refused(reason ?? 'unknown-camera');
  if (camera.site === undefined) return refused('no-approved-site');

  const image = await frames.get(notice, frameBytesMax);
  if (image === 'gone') return { kind: 'gone' };
  if (image === 'too-large') return refused('frame-too-large');
  try {
    const sightings = await reader.read(image);
    return { kind: 'looked', frame: { ...name, key: notice.key, camera }, image, sightings };
  } catch (error) {
    if (error instanceof UnreadableImage) return refused('frame-unreadable');
    throw error;
  }
}
