import { AwsError } from '../aws/errors';
import { encryptionHeaders } from './encryption';
import { checkRead } from './preconditions';
import type { S3Reply, S3Request } from './request';
import type { Store } from './store';
import type { ObjectVersion, Version } from './version';

export function getObject(store: Store, request: S3Request): S3Reply {
  return read(store, request, { needsKey: true });
}

/** The metadata is not encrypted; only its checksums need the key. */
export function headObject(store: Store, request: S3Request): S3Reply {
  const needsKey = request.headers['x-amz-checksum-mode'] === 'ENABLED';
  const { body, ...reply } = read(store, request, { needsKey });
  return reply;
}

/** The object that a read names, after the policies were asked. Throws as S3 does for what is missing or deleted. */
export function readable(store: Store, request: S3Request): ObjectVersion {
  const versionId = request.query.get('versionId');
  store.permit(request, versionId === null ? 's3:GetObject' : 's3:GetObjectVersion');
  const version = locate(store, request);
  if (version.kind === 'object') return version;
  if (versionId === null) throw missing(store, request);
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
}

/** The version that a request names, or the newest. Throws `NoSuchKey`, `NoSuchVersion`. */
export function locate(store: Store, request: S3Request): Version {
  const bucket = store.bucket(request.bucket);
  const versionId = request.query.get('versionId');
  if (versionId === null) {
    const newest = bucket.versionsOf(request.key)[0];
    if (newest === undefined) throw missing(store, request);
    return newest;
  }
  const version = bucket.find(request.key, versionId);
  if (version === undefined)
    throw new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);
  return version;
}

/** Whether an object exists is told only to those who may list the bucket. */
function missing(store: Store, request: S3Request): AwsError {
  if (store.isPermitted(request, 's3:ListBucket', store.bucketArn(request.bucket))) {
    return new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  }
  return new AwsError('AccessDenied', 'Access Denied', 403);
}

function read(store: Store, request: S3Request, { needsKey }: { readonly needsKey: boolean }): S3Reply {
  const version = readable(store, request);
  if (needsKey) store.useKey(request.caller, 'kms:Decrypt', { ...request, encryption: version.encryption });
  if (checkRead(request.headers, version) === 'not-modified') {
    return { status: 304, headers: { etag: version.etag } };
  }
  const { body } = version;
  const range = parseRange(request.headers.range, body.length);
  const headers = {
    ...describe(version),
    ...responseOverrides(request),
    ...(range === undefined && request.headers['x-amz-checksum-mode'] === 'ENABLED' ? version.checksums : {}),
  };
  if (range === undefined) {
    return { status: 200, headers: { ...headers, 'content-length': String(body.length) }, body };
  }
  const part = body.subarray(range.from, range.to + 1);
  return {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(part.length),
      'content-range': `bytes ${range.from}-${range.to}/${body.length}`,
    },
    body: part,
  };
}

function describe(version: ObjectVersion): Record<string, string> {
  const { retention, isOnLegalHold } = version;
  const tagCount = Object.keys(version.tags).length;
  return {
    ...version.headers,
    etag: version.etag,
    'accept-ranges': 'bytes',
    'last-modified': new Date(version.lastModifiedMs).toUTCString(),
    ...(version.versionId === 'null' ? {} : { 'x-amz-version-id': version.versionId }),
    ...(tagCount === 0 ? {} : { 'x-amz-tagging-count': String(tagCount) }),
    ...(isOnLegalHold ? { 'x-amz-object-lock-legal-hold': 'ON' } : {}),
    ...(retention === undefined
      ? {}
      : {
          'x-amz-object-lock-mode': retention.mode,
          'x-amz-object-lock-retain-until-date': new Date(retention.untilMs).toISOString(),
        }),
    ...encryptionHeaders(version.encryption, undefined),
  };
}

/** `?response-content-type=…` and its kin set a header of the answer. */
function responseOverrides({ query }: S3Request): Record<string, string> {
  return Object.fromEntries(
    [...query].flatMap(([name, value]) =>
      name.startsWith('response-') ? [[name.slice('response-'.length), value]] : [],
    ),
  );
}

/** One range of bytes; anything else is served whole, as HTTP allows. Throws `InvalidRange`. */
function parseRange(text: string | undefined, size: number): { from: number; to: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(text ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from < size && from <= to) return { from, to };
  throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
}
