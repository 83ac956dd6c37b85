import { AwsError } from '../aws/errors';
import { type Bucket, compareUtf8 } from './bucket';
import { queryNumber, type S3Reply, type S3Request } from './request';
import type { Store } from './store';
import type { Version } from './version';
import { type XmlContent, xmlDocument } from './xml';

const keysMax = 1000;

export function listObjectsV2(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:ListBucket');
  const bucket = store.bucket(request.bucket);
  const { query } = request;
  const max = queryNumber(request, 'max-keys', keysMax) ?? keysMax;
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const after = token === null ? startAfter : Buffer.from(token, 'base64url').toString('utf8');

  const page: Entry[] = [];
  let isTruncated = false;
  for (const entry of entriesAfter(bucket, { prefix, delimiter, after })) {
    if (page.length === max) {
      isTruncated = max > 0;
      break;
    }
    page.push(entry);
  }
  const encode = encoder(request);
  const last = page.at(-1);
  return xmlReply('ListBucketResult', {
    Name: bucket.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: max,
    KeyCount: page.length,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: isTruncated,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: isTruncated ? Buffer.from(last?.name ?? '').toString('base64url') : undefined,
    StartAfter: startAfter === '' ? undefined : encode(startAfter),
    Contents: page.flatMap(({ name, isCommonPrefix }) => {
      const object = isCommonPrefix ? undefined : bucket.current(name);
      if (object === undefined) return [];
      return [{ Key: encode(name), ...describe(object) }];
    }),
    CommonPrefixes: page.flatMap(({ name, isCommonPrefix }) =>
      isCommonPrefix ? [{ Prefix: encode(name) }] : [],
    ),
  });
}

export function listObjectVersions(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:ListBucketVersions');
  const bucket = store.bucket(request.bucket);
  const { query } = request;
  const max = queryNumber(request, 'max-keys', keysMax) ?? keysMax;
  const prefix = query.get('prefix') ?? '';
  const [keyMarker, versionMarker] = [query.get('key-marker') ?? '', query.get('version-id-marker')];
  const all = bucket
    .keys()
    .filter((key) => key.startsWith(prefix) && compareUtf8(key, keyMarker) >= 0)
    .flatMap((key) => {
      const versions = bucket.versionsOf(key).map((version, index) => ({ version, isLatest: index === 0 }));
      if (key !== keyMarker) return versions;
      if (versionMarker === null) return [];
      return versions.slice(versions.findIndex(({ version }) => version.versionId === versionMarker) + 1);
    });
  const page = all.slice(0, max);
  const isTruncated = max > 0 && all.length > max;
  const last = page.at(-1)?.version;
  const encode = encoder(request);
  const entry = ({ version, isLatest }: (typeof page)[number]): XmlContent => ({
    Key: encode(version.key),
    VersionId: version.versionId,
    IsLatest: isLatest,
    ...describe(version),
  });
  return xmlReply('ListVersionsResult', {
    Name: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: versionMarker ?? undefined,
    MaxKeys: max,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: isTruncated,
    NextKeyMarker: isTruncated && last !== undefined ? encode(last.key) : undefined,
    NextVersionIdMarker: isTruncated ? last?.versionId : undefined,
    Version: page.filter(({ version }) => version.kind === 'object').map(entry),
    DeleteMarker: page.filter(({ version }) => version.kind === 'delete-marker').map(entry),
  });
}

export function xmlReply(root: string, content: XmlContent): S3Reply {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: xmlDocument(root, content) };
}

interface Entry {
  readonly name: string;
  readonly isCommonPrefix: boolean;
}

/** Keys with an object and the prefixes they share up to the delimiter, each once, in order. */
function* entriesAfter(
  bucket: Bucket,
  {
    prefix,
    delimiter,
    after,
  }: { readonly prefix: string; readonly delimiter: string; readonly after: string },
): Generator<Entry> {
  let lastPrefix: string | undefined;
  for (const key of bucket.keys()) {
    if (!key.startsWith(prefix) || bucket.current(key) === undefined) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const name = end < 0 ? key : key.slice(0, end + delimiter.length);
    if (name === lastPrefix || compareUtf8(name, after) <= 0) continue;
    if (end >= 0) lastPrefix = name;
    yield { name, isCommonPrefix: end >= 0 };
  }
}

function describe(version: Version): XmlContent {
  const LastModified = new Date(version.lastModifiedMs).toISOString();
  if (version.kind === 'delete-marker') return { LastModified };
  return { LastModified, ETag: version.etag, Size: version.body.length, StorageClass: 'STANDARD' };
}

/** `encoding-type=url` for keys that XML cannot hold. */
function encoder({ query }: S3Request): (text: string) => string {
  const type = query.get('encoding-type');
  if (type === null) return (text) => text;
  if (type !== 'url') throw new AwsError('InvalidArgument', 'Invalid Encoding Method specified in Request');
  return (text) => encodeURIComponent(text).replaceAll('%2F', '/');
}
