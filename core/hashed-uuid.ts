import { createHash } from 'node:crypto';

/**
 * A UUID (version 8, RFC 9562) of a text, by SHA-256: what is made twice of the same thing has the same id. The text
 * can be guessed from the id if it can be guessed at all, so it must hold something random or something public.
 */
export function hashedUuid(text: string): string {
  return uuidOf(createHash('sha256').update(text, 'utf8').digest());
}

/** The UUID (version 8) of a digest of 16 bytes or more; the digest is changed. */
export function uuidOf(digest: Buffer): string {
  digest.writeUInt8(0x80 | (digest.readUInt8(6) & 0x0f), 6);
  digest.writeUInt8(0x80 | (digest.readUInt8(8) & 0x3f), 8);
  const hex = digest.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
