import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CameraFrame } from './frame';

export interface FrameUploaderOptions {
  readonly client: Pick<S3Client, 'send'>;
  readonly bucket: string;
  readonly cameraId: string;
  /** Random UUIDs. */
  readonly newId: () => string;
}

/** Puts a frame where the cloud reads its plates, and gives its key. Throws what the store throws. */
export type UploadFrame = (frame: Pick<CameraFrame, 'image' | 'capturedAtMs'>) => Promise<string>;

/**
 * For a fixed camera that does not read plates itself: its JPEG frames go to the raw-frames bucket under
 * `<cameraId>/<capturedAtMs>-<uuid>.jpg`, where they stay until they are read. The name carries what the picture may
 * not be trusted for.
 */
export function createFrameUploader({ client, bucket, cameraId, newId }: FrameUploaderOptions): UploadFrame {
  return async ({ image, capturedAtMs }) => {
    const key = `${cameraId}/${String(capturedAtMs).padStart(13, '0')}-${newId()}.jpg`;
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: image, ContentType: 'image/jpeg' }),
    );
    return key;
  };
}
