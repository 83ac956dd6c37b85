import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from '../aws/errors';
import type { Bucket } from './bucket';
import { verifiedChecksums } from './checksums';
import { encryptionHeaders } from './encryption';
import { xmlReply } from './listings';
import {
  addVersion,
  attributesOfNew,
  contentHeaders,
  etagOf,
  permitWrite,
  writtenHeaders,
} from './object-writes';
import { checkWrite } from './preconditions';
import { queryNumber, type S3Reply, type S3Request } from './request';
import type { Store } from './store';
import type { Upload, UploadedPart } from './version';
import { malformed, parseXml } from './xml';

const partsMax = 10_000;
/** Every part but the last. */
const partBytesMin = 5 * 1024 * 1024;

export function createMultipartUpload(store: Store, request: S3Request): S3Reply {
  permitWrite(store, request);
  const bucket = store.bucket(request.bucket);
  const { key } = request;
  const attributes = attributesOfNew(store, request);
  const target = { bucket: bucket.name, key, encryption: attributes.encryption };
  const keyArn = store.useKey(request.caller, 'kms:GenerateDataKey', target);
  const uploadId = randomBytes(24).toString('base64url');
  bucket.uploads.set(uploadId, {
    uploadId,
    key,
    startedAtMs: store.now(),
    headers: contentHeaders(request.headers),
    ...attributes,
    parts: new Map(),
  });
  const reply = xmlReply('InitiateMultipartUploadResult', {
    Bucket: bucket.name,
    Key: key,
    UploadId: uploadId,
  });
  return { ...reply, headers: { ...reply.headers, ...encryptionHeaders(attributes.encryption, keyArn) } };
}

export function uploadPart(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:PutObject');
  if (request.headers['x-amz-copy-source'] !== undefined) {
    throw new AwsError('UnknownOperationException', 'the local s3 does not model UploadPartCopy');
  }
  const upload = find(store.bucket(request.bucket), request);
  const number = queryNumber(request, 'partNumber', partsMax + 1) ?? 0;
  if (number < 1 || number > partsMax) {
    throw new AwsError(
      'InvalidArgument',
      `Part number must be an integer between 1 and ${partsMax}, inclusive`,
    );
  }
  const checksums = verifiedChecksums(request.headers, request.body);
  const target = { ...request, encryption: upload.encryption };
  store.useKey(request.caller, 'kms:Decrypt', target);
  const keyArn = store.useKey(request.caller, 'kms:GenerateDataKey', target);
  const etag = etagOf(request.body, upload.encryption);
  upload.parts.set(number, { body: request.body, etag, lastModifiedMs: store.now() });
  return { status: 200, headers: { etag, ...checksums, ...encryptionHeaders(upload.encryption, keyArn) } };
}

export function completeMultipartUpload(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:PutObject');
  const bucket = store.bucket(request.bucket);
  const upload = find(bucket, request);
  const parts = namedParts(request, upload);
  checkWrite(request.headers, bucket.current(upload.key));
  const keyArn = store.useKey(request.caller, 'kms:Decrypt', { ...request, encryption: upload.encryption });
  const { key, encryption, retention, isOnLegalHold, tags, headers } = upload;
  const version = addVersion(store, bucket, {
    key,
    encryption,
    retention,
    isOnLegalHold,
    tags,
    content: { body: Buffer.concat(parts.map(({ body }) => body)), headers, checksums: {} },
    etag: etagOfParts(parts),
  });
  bucket.uploads.delete(upload.uploadId);
  store.announce(bucket, 'ObjectCreated:CompleteMultipartUpload', { version, caller: request.caller });
  const { etag, ...others } = writtenHeaders(version, keyArn);
  const reply = xmlReply('CompleteMultipartUploadResult', { Bucket: bucket.name, Key: key, ETag: etag });
  return { ...reply, headers: { ...others, ...reply.headers } };
}

export function abortMultipartUpload(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:AbortMultipartUpload');
  const bucket = store.bucket(request.bucket);
  bucket.uploads.delete(find(bucket, request).uploadId);
  return { status: 204 };
}

export function listParts(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:ListMultipartUploadParts');
  const upload = find(store.bucket(request.bucket), request);
  const numbered = [...upload.parts].sort(([a], [b]) => a - b);
  return xmlReply('ListPartsResult', {
    Bucket: request.bucket,
    Key: upload.key,
    UploadId: upload.uploadId,
    IsTruncated: false,
    Part: numbered.map(([PartNumber, { etag, body, lastModifiedMs }]) => ({
      PartNumber,
      ETag: etag,
      Size: body.length,
      LastModified: new Date(lastModifiedMs).toISOString(),
    })),
  });
}

export function listMultipartUploads(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:ListBucketMultipartUploads');
  const bucket = store.bucket(request.bucket);
  const prefix = request.query.get('prefix') ?? '';
  return xmlReply('ListMultipartUploadsResult', {
    Bucket: bucket.name,
    Prefix: prefix,
    IsTruncated: false,
    Upload: [...bucket.uploads.values()]
      .filter(({ key }) => key.startsWith(prefix))
      .map(({ key, uploadId, startedAtMs }) => ({
        Key: key,
        UploadId: uploadId,
        Initiated: new Date(startedAtMs).toISOString(),
      })),
  });
}

function find(bucket: Bucket, request: S3Request): Upload {
  const upload = bucket.uploads.get(request.query.get('uploadId') ?? '');
  if (upload?.key === request.key) return upload;
  throw new AwsError('NoSuchUpload', 'The specified multipart upload does not exist.', 404);
}

/** The parts that the client lists, in its order, which must rise. */
function namedParts(request: S3Request, upload: Upload): UploadedPart[] {
  const listed = parseXml(request.body, 'CompleteMultipartUpload').children('Part');
  if (listed.length === 0) throw malformed();
  let previous = 0;
  const parts = listed.map((element) => {
    const number = Number(element.text('PartNumber'));
    const part = upload.parts.get(number);
    if (part === undefined || part.etag.replaceAll('"', '') !== element.text('ETag')?.replaceAll('"', '')) {
      throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.');
    }
    if (number <= previous)
      throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order.');
    previous = number;
    return part;
  });
  if (parts.slice(0, -1).some(({ body }) => body.length < partBytesMin)) {
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return parts;
}

function etagOfParts(parts: readonly UploadedPart[]): string {
  const digest = createHash('md5');
  for (const { etag } of parts) digest.update(Buffer.from(etag.replaceAll('"', ''), 'hex'));
  return `"${digest.digest('hex')}-${parts.length}"`;
}
