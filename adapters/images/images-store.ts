import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { ImageKind } from '../../core/reads/read';
import type { CaptureDay } from '../../core/retention/day';
import type { DayKeys } from '../../core/retention/ports';
import { whileKept } from '../../core/retention/while-kept';
import { fromStore, StoreError } from '../stores/store-error';

export interface ImagesStoreOptions {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly dayKeys: DayKeys;
}

/** One picture of one read. */
export interface ImageName {
  readonly day: CaptureDay;
  readonly readId: string;
  readonly image: ImageKind;
}

/** The pictures of reads, each sealed under its capture day's key and bound to its object key. */
export class ImagesStore {
  constructor(readonly options: ImagesStoreOptions) {}

  /**
   * Resolves when a picture of that name is durable, or `forgotten` when its day has no key any more. The first one
   * stands: what an officer verified by is never replaced, whoever sends the name again.
   */
  async put(name: ImageName, jpeg: Uint8Array): Promise<'stored' | 'forgotten'> {
    const key = await this.options.dayKeys.forWriting(name.day);
    const sealed = whileKept(() => key?.seal(jpeg, objectKey(name)));
    if (sealed === undefined) return 'forgotten';
    await this.#putIfAbsent(objectKey(name), sealed);
    return 'stored';
  }

  /** The JPEG bytes; `undefined` if there is no such picture or its day is forgotten. Throws `SealBroken`. */
  async get(name: ImageName): Promise<Uint8Array | undefined> {
    const key = await this.options.dayKeys.forReading(name.day);
    if (key === undefined) return undefined;
    const sealed = await this.#sealed(objectKey(name));
    return sealed === undefined ? undefined : whileKept(() => key.open(sealed, objectKey(name)));
  }

  async #putIfAbsent(key: string, sealed: Uint8Array): Promise<void> {
    const { s3, bucket } = this.options;
    try {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: sealed, IfNoneMatch: '*' }));
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) return;
      return fromStore('images', () => Promise.reject(error));
    }
  }

  async #sealed(key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.options.s3.send(
        new GetObjectCommand({ Bucket: this.options.bucket, Key: key }),
      );
      if (Body === undefined) throw new StoreError('malformed', 'images');
      return await Body.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      return fromStore('images', () => Promise.reject(error));
    }
  }
}

/** `<day>/<readId>/<plate|vehicle>`: by day, so that a forgotten day can be purged by its prefix. */
function objectKey(name: ImageName): string {
  return `${name.day}/${name.readId}/${name.image}`;
}
