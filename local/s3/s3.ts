import type { Authorize, Caller, CredentialSource } from '../aws/caller';
import { type Listening, listen } from '../aws/http';
import type { Clock } from '../clock';
import type { UseKey } from '../kms/key-use';
import type { Bucket, BucketSettings } from './bucket';
import { s3Listener } from './http-face';
import { dueActions, type LifecycleAction } from './lifecycle';
import type { NotificationPort } from './notifications';
import { hideOrRemove } from './object-deletes';
import { putObject } from './object-writes';
import { answer } from './routes';
import { Store, type Undelivered } from './store';

export interface S3Options {
  readonly clock: Clock;
  readonly authorize: Authorize;
  readonly credentials: CredentialSource;
  readonly region: string;
  /** `aws` unless given. */
  readonly partition?: string;
  /** Registers a bucket policy with IAM under the bucket's ARN. */
  readonly setResourcePolicy: (arn: string, document: unknown) => void;
  readonly useKey: UseKey;
  readonly deliver: NotificationPort;
}

/** Bytes that a bucket holds, visible or not: for a search of everything that is stored. */
export interface DumpedBytes {
  readonly kind: 'object' | 'delete-marker' | 'part';
  readonly key: string;
  /** A part's is the id of its unfinished upload. */
  readonly versionId: string;
  readonly isCurrent: boolean;
  readonly lastModifiedMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Simple Storage Service, its objects in memory. */
export class S3 {
  private readonly store: Store;

  constructor(private readonly options: S3Options) {
    this.store = new Store({ partition: 'aws', ...options });
  }

  /** Resolves when the notification targets have accepted a test event; throws when one refuses it. */
  createBucket(settings: BucketSettings): Promise<void> {
    return this.store.create(settings);
  }

  setBucketPolicy(bucketName: string, document: unknown): void {
    this.store.bucket(bucketName);
    this.options.setResourcePolicy(this.store.bucketArn(bucketName), document);
  }

  get bucketNames(): readonly string[] {
    return [...this.store.buckets.keys()];
  }

  /** Notifications that no target took. */
  get undelivered(): readonly Undelivered[] {
    return this.store.undelivered;
  }

  /** PutObject by a service on behalf of a role (a failure destination), with the role's permissions. */
  putObject(put: {
    caller: Caller;
    bucket: string;
    key: string;
    body: Uint8Array;
    contentType?: string;
  }): void {
    const { caller, bucket, key, contentType } = put;
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    const body = Buffer.from(put.body);
    putObject(this.store, {
      caller,
      method: 'PUT',
      bucket,
      key,
      query: new URLSearchParams(),
      headers,
      body,
    });
  }

  /** Every version, hidden ones, markers and parts of unfinished uploads included. */
  dump(bucketName: string): DumpedBytes[] {
    const bucket = this.store.bucket(bucketName);
    const versions = bucket.keys().flatMap((key) =>
      bucket.versionsOf(key).map((version, index): DumpedBytes => {
        const { kind, versionId, lastModifiedMs } = version;
        const { body, headers } =
          version.kind === 'object' ? version : { body: Buffer.alloc(0), headers: {} };
        return { kind, key, versionId, isCurrent: index === 0, lastModifiedMs, headers, body };
      }),
    );
    const parts = [...bucket.uploads.values()].flatMap(({ key, uploadId, headers, parts: uploaded }) =>
      [...uploaded.values()].map(
        ({ body, lastModifiedMs }): DumpedBytes => ({
          kind: 'part',
          key,
          versionId: uploadId,
          isCurrent: false,
          lastModifiedMs,
          headers,
          body,
        }),
      ),
    );
    return [...versions, ...parts];
  }

  /** Does what the lifecycle rules demand by now; gives the number of versions and uploads touched. */
  sweep(nowMs: number = this.options.clock.now()): number {
    let touched = 0;
    for (const bucket of this.store.buckets.values()) {
      for (const action of dueActions(bucket, nowMs)) if (this.apply(bucket, action)) touched += 1;
    }
    return touched;
  }

  /** Resolves when every notification so far was accepted or refused. */
  idle(): Promise<void> {
    return this.store.delivered();
  }

  listen(): Promise<Listening> {
    return listen(s3Listener((request) => answer(this.store, request), this.options));
  }

  /** `false` when another rule has done it already. */
  private apply(bucket: Bucket, action: LifecycleAction): boolean {
    if (action.kind === 'abort-upload') return bucket.uploads.delete(action.uploadId);
    const { version } = action;
    const { key, versionId } = version;
    if (action.kind === 'expire-current') {
      if (bucket.current(key) !== version) return false;
      hideOrRemove(this.store, bucket, { key, cause: 'LifecycleExpiration' });
      return true;
    }
    if (bucket.find(key, versionId) !== version) return false;
    bucket.remove(key, versionId);
    this.store.announce(bucket, 'LifecycleExpiration:Delete', { version });
    return true;
  }
}
