import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ObjectLockMode,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { sizeNamedBy } from '../../core/audit/log/checkpoint';
import { sameBytes } from '../../core/audit/log/hash';
import { LogConflict, type LogObjects } from '../../core/audit/log/ports';
import {
  checkpointPrefixesAfter,
  newestCheckpointPath,
  sizeInPath,
  tilePath,
  tileWidth,
} from '../../core/audit/log/tile-path';
import { ifStored } from '../stores/if-stored';
import { fromStore, StoreError } from '../stores/store-error';

const store = 'log bucket';
const binary = 'application/octet-stream';
const plain = 'text/plain; charset=utf-8';

/** Another sealer may move the pointer between our look and our write; it moves forwards only, so this ends. */
const pointerTriesMax = 10;

/** Partial tiles carry this tag; the bucket's lifecycle removes them by it. */
export const partialTag = { key: 'tile', value: 'partial' } as const;

export interface LogBucketOptions {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly lock: { readonly mode: ObjectLockMode; readonly days: number };
  readonly now: () => number;
}

/**
 * The published log in S3. What never changes is written with `If-None-Match: *` and stands under Object Lock; partial
 * tiles are the same bytes whenever they are written and need neither.
 */
export class LogBucket implements LogObjects {
  constructor(readonly options: LogBucketOptions) {}

  async putFull(path: string, bytes: Uint8Array): Promise<void> {
    const { mode, days } = this.options.lock;
    const wasWritten = await this.#put({
      Key: path,
      Body: bytes,
      ContentType: path.startsWith('checkpoints/') ? plain : binary,
      IfNoneMatch: '*',
      ObjectLockMode: mode,
      ObjectLockRetainUntilDate: new Date(this.options.now() + days * 86_400_000),
    });
    if (wasWritten) return;
    const there = await this.#get(path);
    if (there === undefined) throw new StoreError('unavailable', store);
    if (!sameBytes(there.bytes, bytes)) throw new LogConflict('object-differs');
  }

  async putPartial(path: string, bytes: Uint8Array): Promise<void> {
    await this.#put({
      Key: path,
      Body: bytes,
      ContentType: binary,
      Tagging: `${partialTag.key}=${partialTag.value}`,
    });
  }

  async movePointer(checkpoint: string, size: number): Promise<void> {
    for (let attempt = 0; attempt < pointerTriesMax; attempt++) {
      const there = await this.#get(newestCheckpointPath);
      if (there !== undefined && sizeOf(there.bytes) >= size) return;
      const wasWritten = await this.#put({
        Key: newestCheckpointPath,
        Body: checkpoint,
        ContentType: plain,
        CacheControl: 'max-age=5',
        ...(there === undefined ? { IfNoneMatch: '*' } : { IfMatch: there.etag }),
      });
      if (wasWritten) return;
    }
    throw new StoreError('unavailable', store);
  }

  /**
   * A year of checkpoints is half a million names, too many to list each minute. But a log that fills no further tile
   * has at most 256 larger sizes, and whether it does is seen by that tile, which stands under lock as they do.
   */
  async isBeyond(size: number): Promise<boolean> {
    const pointer = await this.#get(newestCheckpointPath);
    if (pointer !== undefined && sizeOf(pointer.bytes) > size) return true;
    const nextTile = tilePath({ level: 0, index: Math.floor(size / tileWidth), width: tileWidth });
    if ((await this.#get(nextTile)) !== undefined) return true;
    for (const prefix of checkpointPrefixesAfter(size))
      for (const path of await this.#list(prefix)) if ((sizeInPath(path) ?? 0) > size) return true;
    return false;
  }

  async #list(prefix: string): Promise<readonly string[]> {
    const { s3, bucket } = this.options;
    const paths: string[] = [];
    let next: string | undefined;
    do {
      const page = await fromStore(store, () =>
        s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: next })),
      );
      paths.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
      next = page.NextContinuationToken;
    } while (next !== undefined);
    return paths;
  }

  /** `false`: the condition did not hold. A 409 is S3's word for a write of the same key under way: try again later. */
  async #put(input: Omit<PutObjectCommandInput, 'Bucket'>): Promise<boolean> {
    const { s3, bucket } = this.options;
    try {
      await s3.send(new PutObjectCommand({ ...input, Bucket: bucket, ChecksumAlgorithm: 'SHA256' }));
      return true;
    } catch (cause) {
      if (cause instanceof S3ServiceException && cause.$metadata.httpStatusCode === 412) return false;
      throw new StoreError('unavailable', store, { cause });
    }
  }

  async #get(path: string): Promise<{ bytes: Uint8Array; etag: string } | undefined> {
    const { s3, bucket } = this.options;
    return ifStored(store, async () => {
      const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: path }));
      return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), etag: ETag ?? '' };
    });
  }
}

/** A pointer that is no checkpoint was put there by somebody else. */
function sizeOf(bytes: Uint8Array): number {
  const size = sizeNamedBy(Buffer.from(bytes).toString('utf8'));
  if (size === undefined) throw new LogConflict('object-differs');
  return size;
}
