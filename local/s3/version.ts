/** How the bytes of an object are encrypted at rest. */
export type Encryption =
  | { readonly algorithm: 'AES256' }
  | {
      readonly algorithm: 'aws:kms';
      /** As the bucket or the request names the key: id, ARN or alias. */
      readonly keyId: string;
      /** With a bucket key the encryption context is the bucket's ARN, otherwise the object's. */
      readonly isBucketKey: boolean;
    };

export interface Retention {
  readonly mode: 'COMPLIANCE' | 'GOVERNANCE';
  readonly untilMs: number;
}

/** What an object is made of besides its place; kept as response headers. */
export interface Content {
  readonly body: Buffer;
  /** `content-type`, `cache-control`, `x-amz-meta-…` and the like. */
  readonly headers: Readonly<Record<string, string>>;
  /** `x-amz-checksum-…` headers that were verified when the bytes came. */
  readonly checksums: Readonly<Record<string, string>>;
}

export interface ObjectVersion extends Content {
  readonly kind: 'object';
  readonly key: string;
  /** `null` in a bucket without versions, as S3 spells it. */
  readonly versionId: string;
  readonly lastModifiedMs: number;
  /** With its quotes. */
  readonly etag: string;
  readonly encryption: Encryption;
  retention: Retention | undefined;
  isOnLegalHold: boolean;
  tags: Readonly<Record<string, string>>;
}

export interface DeleteMarker {
  readonly kind: 'delete-marker';
  readonly key: string;
  readonly versionId: string;
  readonly lastModifiedMs: number;
}

export type Version = ObjectVersion | DeleteMarker;

export interface UploadedPart {
  readonly body: Buffer;
  readonly etag: string;
  readonly lastModifiedMs: number;
}

export interface Upload {
  readonly uploadId: string;
  readonly key: string;
  readonly startedAtMs: number;
  readonly headers: Content['headers'];
  readonly encryption: Encryption;
  readonly retention: Retention | undefined;
  readonly isOnLegalHold: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly parts: Map<number, UploadedPart>;
}
