import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { cameraId, fromWire, instantMs, toWire, wireReads } from './captured-read-wire';
import type { CapturedRead } from './read';

/** Below Kinesis's 1 MiB, with room for the partition key and for the failure store's base64 of it. */
export const envelopeBytesMax = 900 * 1024;

/** What one camera sends at once. `docs/formats/read-envelope.md` describes its bytes. */
export interface EnvelopeContent {
  readonly cameraId: string;
  readonly sentAtMs: number;
  /** 1 to 32, all of that camera. */
  readonly reads: readonly CapturedRead[];
}

export interface Envelope extends EnvelopeContent {
  readonly kind: 'envelope';
  readonly version: 1;
  /** The content exactly as it was signed; the signature is checked over these bytes, never over a re-encoding. */
  readonly body: Uint8Array;
  /** ECDSA P-256 with SHA-256, r and s of 32 bytes each (IEEE P1363). */
  readonly signature: Uint8Array;
}

/** Bytes that are no envelope. The code says which check failed and nothing of the content. */
export interface EnvelopeFault {
  readonly kind: 'fault';
  readonly code: 'too-large' | 'not-an-envelope' | 'bad-content';
}

const magic = Buffer.from('PKE1', 'latin1');
const signatureBytes = 64;
const bodyOffset = magic.length + signatureBytes;
/** Prepended to what is signed, so that a device key's other signatures can never pass for an envelope's. */
const signedPrefix = Buffer.from('platekeeper read envelope 1\n', 'latin1');

const content = z.strictObject({
  version: z.literal(1),
  cameraId,
  sentAtMs: instantMs,
  reads: wireReads,
});

/** Signs what a camera sends with its device key (a key object or PEM). Throws `RangeError` for reads of another camera, too many, or more than 900 KiB. */
export function signEnvelope(toSend: EnvelopeContent, privateKey: KeyObject | string): Envelope {
  const { cameraId: camera, sentAtMs, reads } = toSend;
  const body = Buffer.from(
    JSON.stringify({ version: 1, cameraId: camera, sentAtMs, reads: toWire(camera, reads) }),
    'utf8',
  );
  if (bodyOffset + body.length > envelopeBytesMax) throw new RangeError('an envelope has at most 900 KiB');
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  const signature = sign('sha256', signedBytes(body), { key, dsaEncoding: 'ieee-p1363' });
  return { kind: 'envelope', version: 1, cameraId: camera, sentAtMs, reads, body, signature };
}

/** The bytes that travel: `PKE1`, signature, body. */
export function encodeEnvelope(envelope: Envelope): Uint8Array {
  return Buffer.concat([magic, envelope.signature, envelope.body]);
}

/** Reads an envelope from hostile bytes; says nothing about who signed it. Never throws. */
export function parseEnvelope(bytes: Uint8Array): Envelope | EnvelopeFault {
  if (bytes.length > envelopeBytesMax) return fault('too-large');
  if (bytes.length <= bodyOffset || !magic.equals(bytes.subarray(0, magic.length)))
    return fault('not-an-envelope');

  const body = bytes.subarray(bodyOffset);
  const parsed = content.safeParse(jsonOf(body));
  if (!parsed.success) return fault('bad-content');
  const { version, cameraId: camera, sentAtMs, reads } = parsed.data;
  return {
    kind: 'envelope',
    version,
    cameraId: camera,
    sentAtMs,
    reads: fromWire(camera, reads),
    body,
    signature: bytes.subarray(magic.length, bodyOffset),
  };
}

/** Whether the holder of the registered device key (P-256, PEM) signed exactly this. A bad key is a no. */
export function verifyEnvelope(envelope: Envelope, publicKeyPem: string): boolean {
  try {
    const key = deviceKey(publicKeyPem);
    if (key === undefined) return false;
    return verify(
      'sha256',
      signedBytes(envelope.body),
      { key, dsaEncoding: 'ieee-p1363' },
      envelope.signature,
    );
  } catch {
    return false;
  }
}

/** JSON of bytes in strict UTF-8; `undefined` for anything else. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Registered keys by their PEM: reading one costs more than the check itself. The oldest makes room. */
const deviceKeys = new Map<string, KeyObject>();
const deviceKeysMax = 2000;

/** `undefined`: not of the curve that cameras sign with. Throws for what is no key. */
function deviceKey(publicKeyPem: string): KeyObject | undefined {
  const known = deviceKeys.get(publicKeyPem);
  if (known !== undefined) return known;
  const key = createPublicKey(publicKeyPem);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined;
  const [oldest] = deviceKeys.keys();
  if (deviceKeys.size >= deviceKeysMax && oldest !== undefined) deviceKeys.delete(oldest);
  deviceKeys.set(publicKeyPem, key);
  return key;
}

function signedBytes(body: Uint8Array): Uint8Array {
  return Buffer.concat([signedPrefix, body]);
}

function fault(code: EnvelopeFault['code']): EnvelopeFault {
  return { kind: 'fault', code };
}
