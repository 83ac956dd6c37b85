import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { ListFiles } from '../../core/hot-list/outside/ports';
import { fromStore, StoreError } from '../stores/store-error';

/** The bucket HotLists: what deliveries were made into. A file is written once; the same one again is the same file. */
export class StoredListFiles implements ListFiles {
  constructor(readonly options: { readonly s3: S3Client; readonly bucket: string }) {}

  async put(key: string, bytes: Uint8Array): Promise<void> {
    try {
      await this.options.s3.send(
        new PutObjectCommand({ Bucket: this.options.bucket, Key: key, Body: bytes, IfNoneMatch: '*' }),
      );
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) return;
      return fromStore('hot list files', () => Promise.reject(error));
    }
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#get(key);
    } catch (error) {
      if (error instanceof StoreError && error.cause instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  /** `to` is exclusive. */
  range(key: string, { from, to }: { readonly from: number; readonly to: number }): Promise<Uint8Array> {
    return this.#get(key, `bytes=${from}-${to - 1}`);
  }

  #get(Key: string, Range?: string): Promise<Uint8Array> {
    return fromStore('hot list files', async () => {
      const { Body } = await this.options.s3.send(
        new GetObjectCommand({ Bucket: this.options.bucket, Key, ...(Range === undefined ? {} : { Range }) }),
      );
      if (Body === undefined) throw new StoreError('malformed', 'hot list files');
      return Body.transformToByteArray();
    });
  }
}
