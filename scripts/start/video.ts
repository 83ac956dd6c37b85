import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamVideoFile } from '../../edge/video/stream-video';
import type { LocalSystem } from '../../local/system';
import { renderScene } from '../scenes/scene';
import { encodeCameraVideo } from '../video/encode';
import { readsOnStreams } from './arrivals';
import type { DayCamera } from './cameras';
import { clientsFor } from './clients';

export interface Streamed {
  readonly fragments: number;
  readonly frames: number;
  /** Frames that Kinesis Video took out of the stream for detect-plates. */
  readonly sampled: number;
  readonly reads: number;
  readonly faults: readonly string[];
}

/** Vehicles that pass in the drawn video, each for a second and a half. */
const platesShown = ['TEST456', 'FAKE789', 'ABC1357'];
const secondsEach = 1.5;

/**
 * The fixed camera streams video: a file as it is coded, or one that is drawn here. Nothing in the product
 * encodes; frames are sampled out of the stream, read and deleted.
 */
export async function streamVideo(
  system: LocalSystem,
  camera: DayCamera,
  source: { readonly path?: string },
): Promise<Streamed> {
  const folder = await mkdtemp(join(tmpdir(), 'platekeeper-video-'));
  try {
    const path = source.path ?? (await drawnVideo(join(folder, 'drawn.mp4')));
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

async function drawnVideo(path: string): Promise<string> {
  const scenes = await Promise.all(
    platesShown.map((plate, index) => renderScene({ plate, seed: 100 + index })),
  );
  await encodeCameraVideo({ photos: scenes.map(({ image }) => image), path, secondsEach });
  return path;
}
