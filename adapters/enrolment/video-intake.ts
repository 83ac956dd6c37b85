import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateStreamCommand,
  DescribeStreamCommand,
  type KinesisVideoClient,
  UpdateImageGenerationConfigurationCommand,
} from '@aws-sdk/client-kinesis-video';
import type { VideoIntake } from '../../core/cameras/ports';
import { fromStore } from '../stores/store-error';

export interface VideoStreamsOptions {
  readonly video: KinesisVideoClient;
  /** Encrypts video in transit; never a key that wraps days. */
  readonly videoKey: string;
  readonly framesBucket: string;
  readonly region: string;
  /** Between two sampled frames, milliseconds; Kinesis Video takes at most five a second. */
  readonly everyMs: number;
  /** For a stream that is being made; tests wait less. */
  readonly wait?: { readonly everyMs: number; readonly msMax: number };
}

/** Kinesis Video makes streams after it has answered. The function that waits has 25 seconds in all. */
const waitDefault = { everyMs: 500, msMax: 10_000 };
/** A stream that was just made may also not be found yet. */
const notYet: ReadonlySet<unknown> = new Set(['ResourceInUseException', 'ResourceNotFoundException']);

/** Storage-A: a transit store keeps video for at most a day. */
const retentionHours = 24;

/** A stream per fixed camera, named like it, of which frames are sampled into the bucket of raw frames. */
export class StoredVideoIntake implements VideoIntake {
  constructor(readonly options: VideoStreamsOptions) {}

  async prepare(cameraId: string): Promise<'ready' | 'busy'> {
    // A stream that is there already is what an enrolment that was cut off left.
    await this.#isDone(() => this.#create(cameraId));
    const { everyMs, msMax } = this.options.wait ?? waitDefault;
    const untilMs = performance.now() + msMax;
    for (;;) {
      if ((await this.#isActive(cameraId)) && (await this.#isDone(() => this.#sample(cameraId))))
        return 'ready';
      if (performance.now() + everyMs > untilMs) return 'busy';
      await delay(everyMs);
    }
  }

  #create(cameraId: string) {
    return this.options.video.send(
      new CreateStreamCommand({
        StreamName: cameraId,
        DataRetentionInHours: retentionHours,
        KmsKeyId: this.options.videoKey,
      }),
    );
  }

  #isActive(cameraId: string): Promise<boolean> {
    return this.#isDone(async () => {
      const { StreamInfo } = await this.options.video.send(
        new DescribeStreamCommand({ StreamName: cameraId }),
      );
      return StreamInfo?.Status === 'ACTIVE';
    });
  }

  #sample(cameraId: string) {
    const { framesBucket, region, everyMs } = this.options;
    return this.options.video.send(
      new UpdateImageGenerationConfigurationCommand({
        StreamName: cameraId,
        ImageGenerationConfiguration: {
          Status: 'ENABLED',
          ImageSelectorType: 'PRODUCER_TIMESTAMP',
          DestinationConfig: { Uri: `s3://${framesBucket}/${cameraId}`, DestinationRegion: region },
          SamplingInterval: everyMs,
          Format: 'JPEG',
          FormatConfig: { JPEGQuality: '90' },
        },
      }),
    );
  }

  /** Whether a step was done; `false` also where the stream is not in a state for it. */
  #isDone(step: () => Promise<unknown>): Promise<boolean> {
    return fromStore('video streams', async () => {
      try {
        return (await step()) !== false;
      } catch (error) {
        if (error instanceof Error && notYet.has(error.name)) return false;
        throw error;
      }
    });
  }
}
