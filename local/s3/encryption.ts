import { AwsError } from '../aws/errors';
import type { BucketSettings } from './bucket';
import type { Encryption } from './version';

type Headers = Readonly<Record<string, string>>;

const prefix = 'x-amz-server-side-encryption';

/** How a new object is encrypted: what the request says, else the bucket's default. */
export function encryptionOfNew({ encryption }: BucketSettings, headers: Headers): Encryption {
  if (Object.keys(headers).some((name) => name.startsWith(`${prefix}-customer-`))) {
    throw notModelled('keys that the client provides');
  }
  if (headers[`${prefix}-context`] !== undefined) throw notModelled('an encryption context of the client');
  const algorithm = headers[prefix];
  const keyId = headers[`${prefix}-aws-kms-key-id`];
  if (algorithm === undefined) {
    if (keyId !== undefined) throw invalid(`${prefix}-aws-kms-key-id needs ${prefix}: aws:kms`);
    return encryption;
  }
  if (algorithm === 'AES256') return { algorithm };
  if (algorithm !== 'aws:kms') throw notModelled(algorithm);
  const byDefault = encryption.algorithm === 'aws:kms' ? encryption : undefined;
  const chosen = keyId ?? byDefault?.keyId;
  if (chosen === undefined) throw notModelled("the AWS-managed key 'aws/s3'");
  const isBucketKey = headers[`${prefix}-bucket-key-enabled`] ?? String(byDefault?.isBucketKey ?? false);
  return { algorithm, keyId: chosen, isBucketKey: isBucketKey === 'true' };
}

/** The response headers that say how an object is encrypted. */
export function encryptionHeaders(
  encryption: Encryption,
  keyArn: string | undefined,
): Record<string, string> {
  if (encryption.algorithm === 'AES256') return { [prefix]: 'AES256' };
  return {
    [prefix]: 'aws:kms',
    [`${prefix}-aws-kms-key-id`]: keyArn ?? encryption.keyId,
    ...(encryption.isBucketKey ? { [`${prefix}-bucket-key-enabled`]: 'true' } : {}),
  };
}

const invalid = (message: string) => new AwsError('InvalidArgument', message);
const notModelled = (what: string) =>
  new AwsError('NotImplemented', `the local s3 does not model ${what}`, 501);
