import type { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { fragmentsOf } from './fragments';
import { sessionHeader } from './media-writer';
import { type ProducerCounts, type ProducerOptions, produceVideo } from './producer';
import { putMediaSessions } from './put-media';
import { openVideo } from './sources/open-video';
import type { Video } from './video';

export interface StreamVideoOptions
  extends Pick<
    ProducerOptions,
    'bufferBytesMax' | 'failuresMax' | 'backoffMs' | 'intervalMs' | 'onPersisted'
  > {
  readonly client: KinesisVideoClient;
  readonly streamName: string;
  /** MP4, QuickTime, Matroska or raw H.264. */
  readonly path: string;
  readonly clock: () => number;
  /** When the video was taken; by default it ended now. */
  readonly startedAtMs?: number;
  /** Of raw H.264 that does not say. */
  readonly framesPerSecond?: number;
}

export interface VideoCounts extends ProducerCounts {
  readonly startedAtMs: number;
  readonly lengthMs: number;
}

/** Puts a video file on a stream as it is coded: it is cut and wrapped anew, and never encoded. Throws `VideoFault`. */
export async function streamVideoFile(options: StreamVideoOptions): Promise<VideoCounts> {
  const { client, streamName, path, framesPerSecond, ...others } = options;
  const video = await openVideo(path, framesPerSecond === undefined ? {} : { framesPerSecond });
  try {
    const lengthMs = await lengthOf(video);
    const startedAtMs = others.startedAtMs ?? Math.floor(others.clock() - lengthMs);
    const counts = await produceVideo({
      ...others,
      header: sessionHeader(video.track),
      fragments: fragmentsOf(video.frames(), { startedAtMs }),
      openSession: putMediaSessions({ client, streamName, startedAtMs }),
    });
    return { ...counts, startedAtMs, lengthMs };
  } finally {
    await video.close();
  }
}

/** Reads the video once: no format's own statement of its length is sure. */
async function lengthOf(video: Video): Promise<number> {
  let lastMs = 0;
  for await (const { atMs } of video.frames()) lastMs = Math.max(lastMs, atMs);
  return Math.round(lastMs);
}
