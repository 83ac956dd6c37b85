import { createHash } from 'node:crypto';
import { hashBytes } from './hash';

/** Length of the random key that hides one event, bytes. */
export const commitmentKeyBytes = 32;

/** Length of a log entry: its version byte and the commitment. */
export const entryBytes = 1 + hashBytes;

const entryVersion = 1;

/**
 * What the log holds of an event, see docs/formats/audit-log.md: `0x01 || SHA-256(key || event)`, the event as the
 * exact bytes that are stored. It binds the event and says nothing about it to who lacks the key, so the log can be
 * shown to anybody, and destroying the key with the event redacts it without touching the tree. Throws `RangeError`
 * for a key of another length.
 */
export function entryOf(event: string, key: Uint8Array): Uint8Array {
  if (key.length !== commitmentKeyBytes) throw new RangeError('a commitment key has 32 bytes');
  const commitment = createHash('sha256').update(key).update(event, 'utf8').digest();
  const entry = new Uint8Array(entryBytes);
  entry[0] = entryVersion;
  entry.set(commitment, 1);
  return entry;
}

export function isEntry(bytes: Uint8Array): boolean {
  return bytes.length === entryBytes && bytes[0] === entryVersion;
}
