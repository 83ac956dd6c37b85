import type { ApiCall, Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';

/** A request to S3 after its signature and its body's framing were checked. */
export interface S3Request {
  readonly caller: Caller;
  readonly method: string;
  readonly bucket: string;
  /** Empty when the request is about the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** Names in lower case; trailing checksums stand here too. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface S3Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

const headerConditions = {
  'if-match': 's3:if-match',
  'if-none-match': 's3:if-none-match',
  'x-amz-acl': 's3:x-amz-acl',
  'x-amz-content-sha256': 's3:x-amz-content-sha256',
  'x-amz-copy-source': 's3:x-amz-copy-source',
  'x-amz-metadata-directive': 's3:x-amz-metadata-directive',
  'x-amz-object-lock-legal-hold': 's3:object-lock-legal-hold',
  'x-amz-object-lock-mode': 's3:object-lock-mode',
  'x-amz-object-lock-retain-until-date': 's3:object-lock-retain-until-date',
  'x-amz-server-side-encryption': 's3:x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id': 's3:x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-storage-class': 's3:x-amz-storage-class',
} as const;

const queryConditions = {
  delimiter: 's3:delimiter',
  'max-keys': 's3:max-keys',
  prefix: 's3:prefix',
  versionId: 's3:VersionId',
} as const;

/**
 * The IAM condition keys of a request. As in S3, a key is absent when the request does not say it, whatever the
 * bucket's defaults are. The local wire is plain HTTP on the loopback, and counts as TLS 1.3.
 */
export function conditionKeys(request: S3Request): NonNullable<ApiCall['context']> {
  const said = [
    ...Object.entries(headerConditions).map(([name, key]) => [key, request.headers[name]] as const),
    ...Object.entries(queryConditions).map(([name, key]) => [key, request.query.get(name)] as const),
  ].flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, value] as const]));
  const tags = Object.entries(parseTags(request.headers['x-amz-tagging']));
  return {
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    's3:authType': 'REST-HEADER',
    's3:signatureversion': 'AWS4-HMAC-SHA256',
    ...Object.fromEntries(said),
    ...Object.fromEntries(tags.map(([name, value]) => [`s3:RequestObjectTag/${name}`, value])),
    ...(tags.length > 0 ? { 's3:RequestObjectTagKeys': tags.map(([name]) => name) } : {}),
  };
}

/** Tags as the `x-amz-tagging` header writes them: `a=b&c=d`. Throws `InvalidTag`. */
export function parseTags(text: string | undefined): Readonly<Record<string, string>> {
  return tagMap([...new URLSearchParams(text ?? '')]);
}

const tagsMax = 10;

export function tagMap(pairs: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const tags = Object.fromEntries(pairs);
  if (pairs.length > tagsMax)
    throw new AwsError('BadRequest', `Object tags cannot be greater than ${tagsMax}`);
  if (Object.keys(tags).length !== pairs.length) throw new AwsError('InvalidTag', 'a tag is given twice');
  for (const [name, value] of pairs) {
    if (name === '' || name.length > 128 || value.length > 256)
      throw new AwsError('InvalidTag', 'a tag is too long');
  }
  return tags;
}

/** A whole number in the query, `undefined` when absent. Throws `InvalidArgument`. */
export function queryNumber(request: S3Request, name: string, max: number): number | undefined {
  const text = request.query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new AwsError('InvalidArgument', `${name} is not a whole number`);
  return Math.min(Number(text), max);
}
