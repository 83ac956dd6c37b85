import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from '../aws/errors';
import type { Bucket } from './bucket';
import { requireChecksum, verifiedChecksums } from './checksums';
import { encryptionHeaders, encryptionOfNew } from './encryption';
import { lockOfNew } from './object-lock';
import { readable } from './object-reads';
import { checkWrite } from './preconditions';
import { parseTags, type S3Reply, type S3Request } from './request';
import type { Store } from './store';
import type { Content, Encryption, ObjectVersion } from './version';
import { xmlDocument } from './xml';

const keyBytesMax = 1024;
const metadataBytesMax = 2048;
const systemHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

export function putObject(store: Store, request: S3Request): S3Reply {
  if (request.headers['x-amz-copy-source'] !== undefined) return copyObject(store, request);
  permitWrite(store, request);
  const { headers, body, caller } = request;
  const bucket = store.bucket(request.bucket);
  checkWrite(headers, bucket.current(request.key));
  const checksums = verifiedChecksums(headers, body);
  const attributes = attributesOfNew(store, request);
  if (attributes.retention !== undefined || attributes.isOnLegalHold) requireChecksum(headers);
  const keyArn = store.useKey(caller, 'kms:GenerateDataKey', {
    ...request,
    encryption: attributes.encryption,
  });
  const version = addVersion(store, bucket, {
    key: request.key,
    ...attributes,
    content: { body, headers: contentHeaders(headers), checksums },
    etag: etagOf(body, attributes.encryption),
  });
  store.announce(bucket, 'ObjectCreated:Put', { version, caller });
  return { status: 200, headers: writtenHeaders(version, keyArn) };
}

/** Every permission that writing an object with these headers needs. */
export function permitWrite(store: Store, request: S3Request): void {
  const { headers } = request;
  if (Buffer.byteLength(request.key) > keyBytesMax)
    throw new AwsError('KeyTooLongError', 'Your key is too long');
  store.permit(request, 's3:PutObject');
  if (headers['x-amz-tagging'] !== undefined) store.permit(request, 's3:PutObjectTagging');
  if (headers['x-amz-object-lock-mode'] !== undefined) store.permit(request, 's3:PutObjectRetention');
  if (headers['x-amz-object-lock-legal-hold'] !== undefined) store.permit(request, 's3:PutObjectLegalHold');
  if (headers['if-match'] !== undefined) store.permit(request, 's3:GetObject');
}

/** What a new object is besides its bytes, from the request and the bucket's defaults. */
export function attributesOfNew(store: Store, { bucket, headers }: S3Request) {
  const { settings } = store.bucket(bucket);
  return {
    encryption: encryptionOfNew(settings, headers),
    ...lockOfNew(settings, headers, store.now()),
    tags: parseTags(headers['x-amz-tagging']),
  };
}

/** The headers that come back with the object. Throws `MetadataTooLarge`. */
export function contentHeaders(headers: S3Request['headers']): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  const bytes = own.reduce(
    (sum, [name, value]) => sum + name.length - 'x-amz-meta-'.length + value.length,
    0,
  );
  if (bytes > metadataBytesMax) {
    throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  const system = systemHeaders.flatMap((name) => {
    const value = name === 'content-encoding' ? withoutChunking(headers[name]) : headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries([...system, ...own]) };
}

export function addVersion(
  store: Store,
  bucket: Bucket,
  made: Pick<ObjectVersion, 'key' | 'encryption' | 'retention' | 'isOnLegalHold' | 'tags' | 'etag'> & {
    readonly content: Content;
  },
): ObjectVersion {
  const { content, ...attributes } = made;
  const version: ObjectVersion = {
    kind: 'object',
    versionId: bucket.nextVersionId(),
    lastModifiedMs: store.now(),
    ...attributes,
    ...content,
  };
  bucket.add(version);
  return version;
}

export function writtenHeaders(version: ObjectVersion, keyArn: string | undefined): Record<string, string> {
  return {
    etag: version.etag,
    ...version.checksums,
    ...(version.versionId === 'null' ? {} : { 'x-amz-version-id': version.versionId }),
    ...encryptionHeaders(version.encryption, keyArn),
  };
}

/** Under a customer key S3's ETag is no digest of the content, so nothing may rely on it being one. */
export function etagOf(body: Buffer, { algorithm }: Encryption): string {
  const digest = algorithm === 'aws:kms' ? randomBytes(16) : createHash('md5').update(body).digest();
  return `"${digest.toString('hex')}"`;
}

function copyObject(store: Store, request: S3Request): S3Reply {
  const { headers, caller } = request;
  refuseCopyConditions(headers);
  const source = sourceRequest(request);
  const from = readable(store, source);
  permitWrite(store, request);
  const bucket = store.bucket(request.bucket);
  checkWrite(headers, bucket.current(request.key));
  const isReplacing = headers['x-amz-metadata-directive'] === 'REPLACE';
  const attributes = attributesOfNew(store, request);
  if (
    isOntoItself(source, request) &&
    !isReplacing &&
    headers['x-amz-server-side-encryption'] === undefined
  ) {
    throw new AwsError('InvalidRequest', 'This copy request is illegal because it changes nothing.');
  }
  if (headers['x-amz-tagging-directive'] !== 'REPLACE' && Object.keys(from.tags).length > 0) {
    store.permit(source, 's3:GetObjectTagging');
    store.permit(request, 's3:PutObjectTagging');
    attributes.tags = from.tags;
  }
  store.useKey(caller, 'kms:Decrypt', { ...source, encryption: from.encryption });
  const keyArn = store.useKey(caller, 'kms:GenerateDataKey', {
    ...request,
    encryption: attributes.encryption,
  });
  const { body, checksums } = from;
  const version = addVersion(store, bucket, {
    key: request.key,
    ...attributes,
    content: { body, checksums, headers: isReplacing ? contentHeaders(headers) : from.headers },
    etag: etagOf(body, attributes.encryption),
  });
  store.announce(bucket, 'ObjectCreated:Copy', { version, caller });
  const { etag, ...others } = writtenHeaders(version, keyArn);
  const sourceVersion = from.versionId === 'null' ? {} : { 'x-amz-copy-source-version-id': from.versionId };
  const LastModified = new Date(version.lastModifiedMs).toISOString();
  return {
    status: 200,
    headers: { ...others, ...sourceVersion, 'content-type': 'application/xml' },
    body: xmlDocument('CopyObjectResult', { ETag: etag, LastModified }),
  };
}

/** The read of the source that a copy begins with, as a request of its own. */
function sourceRequest(request: S3Request): S3Request {
  const [path = '', query = ''] = (request.headers['x-amz-copy-source'] ?? '').split('?');
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decoded(path));
  const [, bucket, key] = match ?? [];
  if (bucket === undefined || key === undefined) {
    throw new AwsError('InvalidArgument', 'Copy Source must mention the source bucket and key');
  }
  return {
    ...request,
    method: 'GET',
    bucket,
    key,
    query: new URLSearchParams(query),
    headers: {},
    body: Buffer.alloc(0),
  };
}

function refuseCopyConditions(headers: S3Request['headers']): void {
  const condition = Object.keys(headers).find((name) => name.startsWith('x-amz-copy-source-'));
  if (condition === undefined) return;
  throw new AwsError('NotImplemented', `the local s3 does not model ${condition}`, 501);
}

function isOntoItself(source: S3Request, target: S3Request): boolean {
  return source.bucket === target.bucket && source.key === target.key && !source.query.has('versionId');
}

function withoutChunking(encoding: string | undefined): string | undefined {
  const rest = (encoding ?? '').split(',').map((one) => one.trim());
  return rest.filter((one) => one !== '' && one !== 'aws-chunked').join(',') || undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new AwsError('InvalidArgument', 'the copy source is not percent-encoded');
  }
}
