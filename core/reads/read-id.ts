import { hashedUuid } from '../hashed-uuid';

/**
 * The id that a read has from its admission on: made of its camera and the id that its sender gave it. A sender may
 * choose any id, so rows, pictures and alerts are named after this one, by which no camera reaches what another sent
 * (Acct-D). It stays in the audit log when its read is forgotten and tells nothing then, because the sender's half is a
 * random UUID: camera and time do not suffice to guess it (Storage-A). A camera id holds no `|`.
 */
export function ownReadId(cameraId: string, senderReadId: string): string {
  return hashedUuid(`${cameraId}|${senderReadId}`);
}
