import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * A ciphertext as this KMS writes it: version, key id (a UUID's 16 bytes), nonce, AES-256-GCM output, tag. The key id
 * and the encryption context are authenticated, so a blob opens under its own key and its own context only.
 */
const version = 1;
const idBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + idBytes;
const minimumBytes = headBytes + nonceBytes + tagBytes;

export type EncryptionContext = Readonly<Record<string, string>>;

export interface Sealed {
  readonly keyId: string;
  readonly secret: Buffer;
  readonly context: EncryptionContext;
}

export function seal(plaintext: Uint8Array, { keyId, secret, context }: Sealed): Buffer {
  const head = Buffer.concat([Buffer.of(version), Buffer.from(keyId.replaceAll('-', ''), 'hex')]);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.concat([head, canonical(context)]));
  return Buffer.concat([head, nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** `undefined` for bytes that no key of this KMS has written. */
export function keyIdOf(blob: Buffer): string | undefined {
  if (blob.length < minimumBytes || blob[0] !== version) return undefined;
  const hex = blob.toString('hex', 1, headBytes);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The plaintext, or `undefined` when blob, key or context is not the one it was sealed with. */
export function open(blob: Buffer, { keyId, secret, context }: Sealed): Buffer | undefined {
  if (keyIdOf(blob) !== keyId) return undefined;
  const head = blob.subarray(0, headBytes);
  const nonce = blob.subarray(headBytes, headBytes + nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.concat([head, canonical(context)]));
  decipher.setAuthTag(blob.subarray(-tagBytes));
  try {
    return Buffer.concat([
      decipher.update(blob.subarray(headBytes + nonceBytes, -tagBytes)),
      decipher.final(),
    ]);
  } catch {
    return undefined;
  }
}

/** The same pairs in any order are the same context. */
function canonical(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Buffer.from(JSON.stringify(pairs));
}
