import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamVideoFile } from '../../edge/video/stream-video';
import type { LocalSystem } from '../../local/system';
import { encodeCameraVideo } from '../video/encode';
import { readsOnStreams } from './arrivals';
import type { DayCamera } from './cameras';
import { clientsFor } from './clients';
import type { Photo } from './photos';

export interface Streamed {
  readonly fragments: number;
  readonly frames: number;
  /** Frames that Kinesis Video took out of the stream for detect-plates. */
  readonly sampled: number;
  readonly reads: number;
  readonly faults: readonly string[];
}

/** The drawn video shows so many photos, a second and a half each. */
const photosShown = 3;
const secondsEach = 1.5;

/**
 * The fixed camera streams video: a file as it is coded, or one that is made of photos here. Nothing in the product
 * encodes; frames are sampled out of the stream, read and deleted.
 */
export async function streamVideo(
  system: LocalSystem,
  camera: DayCamera,
  source: { readonly path?: string; readonly photos: readonly Photo[] },
): Promise<Streamed> {
  const folder = await mkdtemp(join(tmpdir(), 'platekeeper-video-'));
  try {
    const path = source.path ?? (await drawnVideo(join(folder, 'drawn.mp4'), source.photos));
    const { cameraId } = camera.edge;
    const counts = await streamVideoFile({
      client: clientsFor(system, camera.credentials).video,
      streamName: cameraId,
      path,
      clock: () => Date.now(),
    });
    await system.idle();
    const sampled = system.services.kinesisVideo.images.stored.get(cameraId) ?? 0;
    const untilMs = counts.startedAtMs + counts.lengthMs;
    const reads = readsOnStreams(system).filter(
      (read) =>
        read.cameraId === cameraId && read.capturedAtMs >= counts.startedAtMs && read.capturedAtMs <= untilMs,
    ).length;
    return {
      fragments: counts.fragments,
      frames: counts.frames,
      sampled,
      reads,
      faults: [
        ...(sampled === 0 ? ['no frame was sampled from the video'] : []),
        ...(source.path === undefined && reads === 0 ? ['no plate was read in the video'] : []),
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function drawnVideo(path: string, photos: readonly Photo[]): Promise<string> {
  const shown = await Promise.all(photos.slice(0, photosShown).map((photo) => photo.load()));
  await encodeCameraVideo({ photos: shown, path, secondsEach });
  return path;
}
