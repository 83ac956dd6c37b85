import {
  CreateStreamCommand,
  type KinesisVideoClient,
  ResourceInUseException,
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
}

/** Storage-A: a transit store keeps video for at most a day. */
const retentionHours = 24;

/** A stream per fixed camera, named like it, of which frames are sampled into the bucket of raw frames. */
export class StoredVideoIntake implements VideoIntake {
  constructor(readonly options: VideoStreamsOptions) {}

  async prepare(cameraId: string): Promise<void> {
    await this.#create(cameraId);
    await fromStore('video streams', () =>
      this.options.video.send(
        new UpdateImageGenerationConfigurationCommand({
          StreamName: cameraId,
          ImageGenerationConfiguration: {
            Status: 'ENABLED',
            ImageSelectorType: 'PRODUCER_TIMESTAMP',
            DestinationConfig: {
              Uri: `s3://${this.options.framesBucket}/${cameraId}`,
              DestinationRegion: this.options.region,
            },
            SamplingInterval: this.options.everyMs,
            Format: 'JPEG',
            FormatConfig: { JPEGQuality: '90' },
          },
        }),
      ),
    );
  }

  /** A stream that is there already is what an enrolment that was cut off left. */
  async #create(cameraId: string): Promise<void> {
    try {
      await this.options.video.send(
        new CreateStreamCommand({
          StreamName: cameraId,
          DataRetentionInHours: retentionHours,
          KmsKeyId: this.options.videoKey,
        }),
      );
    } catch (error) {
      if (!(error instanceof ResourceInUseException))
        await fromStore('video streams', () => Promise.reject(error));
    }
  }
}
