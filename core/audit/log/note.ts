import { createHash } from 'node:crypto';

/** The signature type of plain Ed25519 (C2SP signed-note). */
const ed25519Type = 0x01;
const publicKeyBytes = 32;

/** SubjectPublicKeyInfo of an Ed25519 key, up to the key itself (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** A name that a note can carry: no space of any kind, no plus, no control character. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+\p{Cc}\p{Z}]/u.test(name);
}

/** First four bytes of `SHA-256(name || 0x0A || 0x01 || public key)` (C2SP signed-note). */
export function keyId(name: string, publicKey: Uint8Array): Uint8Array {
  return createHash('sha256').update(`${name}\n`).update(typed(publicKey)).digest().subarray(0, 4);
}

/** What a verifier is given of a log's key: `<name>+<key id>+<base64 of type and key>`. */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  const id = Buffer.from(keyId(name, publicKey)).toString('hex');
  return `${name}+${id}+${Buffer.from(typed(publicKey)).toString('base64')}`;
}

/** A text with one signature below it. The text ends in a newline; the signature is Ed25519 over exactly the text. */
export function signedNote(
  text: string,
  key: { readonly name: string; readonly publicKey: Uint8Array },
  signature: Uint8Array,
): string {
  if (!text.endsWith('\n')) throw new RangeError('the text of a note ends in a newline');
  const blob = Buffer.concat([keyId(key.name, key.publicKey), signature]).toString('base64');
  return `${text}\n— ${key.name} ${blob}\n`;
}

/** The 32 bytes of an Ed25519 public key in SubjectPublicKeyInfo form. Throws `RangeError` for any other key. */
export function rawPublicKey(spki: Uint8Array): Uint8Array {
  const isEd25519 =
    spki.length === spkiPrefix.length + publicKeyBytes &&
    Buffer.compare(spki.subarray(0, spkiPrefix.length), spkiPrefix) === 0;
  if (!isEd25519) throw new RangeError('not an Ed25519 public key');
  return spki.subarray(spkiPrefix.length);
}

function typed(publicKey: Uint8Array): Uint8Array {
  if (publicKey.length !== publicKeyBytes) throw new RangeError('an Ed25519 public key has 32 bytes');
  return Buffer.concat([Uint8Array.of(ed25519Type), publicKey]);
}
