import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { fromStore, StoreError } from '../stores/store-error';

/** Where a frame lies. */
export interface FramePlace {
  readonly bucket: string;
  readonly key: string;
}

/** The raw frames: pictures in transit, gone once they were looked at. */
export class Frames {
  constructor(readonly s3: S3Client) {}

  /** The bytes; `too-large` without reading them; `gone`: deleted after an earlier delivery of the same message. */
  async get({ bucket, key }: FramePlace, bytesMax: number): Promise<Uint8Array | 'too-large' | 'gone'> {
    try {
      const { Body, ContentLength } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (Body === undefined || ContentLength === undefined) throw new StoreError('malformed', 'frames');
      if (ContentLength <= bytesMax) return await Body.transformToByteArray();
      if ('destroy' in Body && typeof Body.destroy === 'function') Body.destroy();
      return 'too-large';
    } catch (error) {
      if (error instanceof NoSuchKey) return 'gone';
      return fromStore('frames', () => Promise.reject(error));
    }
  }

  async delete({ bucket, key }: FramePlace): Promise<void> {
    await fromStore('frames', () => this.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })));
  }
}
