import {
  GetObjectCommand,
  type ObjectLockMode,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { EvidenceArchive } from '../../core/evidence/ports';
import { dayMs } from '../../core/retention/day';
import { ifStored } from '../stores/if-stored';
import { StoreError } from '../stores/store-error';

const store = 'evidence archive';

export interface StoredEvidenceArchiveOptions {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly lock: { readonly mode: ObjectLockMode; readonly days: number };
  readonly now: () => number;
}

/** The evidence bucket: each package one object, written once under Object Lock. */
export class StoredEvidenceArchive implements EvidenceArchive {
  constructor(readonly options: StoredEvidenceArchiveOptions) {}

  async get(evidenceId: string): Promise<Uint8Array | undefined> {
    return readPackage(this.options, evidenceId);
  }

  /** Of two takers at once one puts, and both have what that one put. A put that was stored but reported failed is found. */
  async putFirst(evidenceId: string, packed: Uint8Array): Promise<Uint8Array> {
    const { s3, bucket, lock, now } = this.options;
    try {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: packageKey(evidenceId),
          Body: packed,
          ContentType: 'application/x-tar',
          IfNoneMatch: '*',
          ObjectLockMode: lock.mode,
          ObjectLockRetainUntilDate: new Date(now() + lock.days * dayMs),
          ChecksumAlgorithm: 'SHA256',
        }),
      );
      return packed;
    } catch (cause) {
      if (!(cause instanceof S3ServiceException) || cause.$metadata.httpStatusCode !== 412)
        throw new StoreError('unavailable', store, { cause });
    }
    const standing = await this.get(evidenceId);
    if (standing === undefined) throw new StoreError('unavailable', store);
    return standing;
  }
}

/** For functions that open evidence and never write it. */
export class OpenedEvidenceArchive implements Pick<EvidenceArchive, 'get'> {
  constructor(readonly options: Pick<StoredEvidenceArchiveOptions, 's3' | 'bucket'>) {}

  get(evidenceId: string): Promise<Uint8Array | undefined> {
    return readPackage(this.options, evidenceId);
  }
}

async function readPackage(
  { s3, bucket }: Pick<StoredEvidenceArchiveOptions, 's3' | 'bucket'>,
  evidenceId: string,
): Promise<Uint8Array | undefined> {
  return ifStored(store, async () => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: packageKey(evidenceId) }));
    if (Body === undefined) throw new StoreError('malformed', store);
    return await Body.transformToByteArray();
  });
}

function packageKey(evidenceId: string): string {
  return `packages/${evidenceId}.tar`;
}
