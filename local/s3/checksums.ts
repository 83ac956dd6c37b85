import { createHash, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../aws/errors';

const prefix = 'x-amz-checksum-';

const algorithms: Readonly<Record<string, (body: Uint8Array) => Buffer>> = {
  crc32: crc(0xedb88320),
  crc32c: crc(0x82f63b78),
  sha1: (body) => createHash('sha1').update(body).digest(),
  sha256: (body) => createHash('sha256').update(body).digest(),
};

/**
 * Compares every checksum that a request states with the bytes that came, and gives those to keep with the object.
 * Throws `BadDigest`, `InvalidDigest`, or `InvalidRequest` for a checksum announced and not sent.
 */
export function verifiedChecksums(
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Readonly<Record<string, string>> {
  const stated = Object.entries(headers).filter(([name]) => isChecksum(name));
  for (const [name, value] of stated) requireEqual(name, value, algorithmOf(name)(body));
  if (stated.length === 0 && headers['x-amz-sdk-checksum-algorithm'] !== undefined) {
    throw new AwsError('InvalidRequest', 'x-amz-sdk-checksum-algorithm specified, but no checksum was sent.');
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined) requireEqual('content-md5', md5, createHash('md5').update(body).digest());
  return Object.fromEntries(stated);
}

/** Some requests must prove that their bytes arrived unchanged: multi-object delete, and objects under a retention. */
export function requireChecksum(headers: Readonly<Record<string, string>>): void {
  if (headers['content-md5'] !== undefined || Object.keys(headers).some(isChecksum)) return;
  throw new AwsError(
    'InvalidRequest',
    'Content-MD5 OR x-amz-checksum- HTTP header is required for this request',
  );
}

const isChecksum = (name: string) => name.startsWith(prefix) && !/-(mode|type|algorithm)$/.test(name);

function algorithmOf(header: string): (body: Uint8Array) => Buffer {
  const name = header.slice(prefix.length);
  const algorithm = Object.hasOwn(algorithms, name) ? algorithms[name] : undefined;
  if (algorithm === undefined)
    throw new AwsError('NotImplemented', `the local s3 does not model ${header}`, 501);
  return algorithm;
}

function requireEqual(name: string, stated: string, actual: Buffer): void {
  const given = Buffer.from(stated, 'base64');
  if (given.length !== actual.length)
    throw new AwsError('InvalidDigest', `${name} is not of the right length`);
  if (!timingSafeEqual(given, actual)) {
    throw new AwsError('BadDigest', `The ${name} you specified did not match what we received.`);
  }
}

/** A reflected 32-bit CRC by table. */
function crc(polynomial: number): (body: Uint8Array) => Buffer {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
    return rest;
  });
  return (body) => {
    let rest = 0xffffffff;
    for (const byte of body) rest = (table[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
    const out = Buffer.alloc(4);
    out.writeUInt32BE((rest ^ 0xffffffff) >>> 0);
    return out;
  };
}
