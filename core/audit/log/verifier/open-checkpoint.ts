import { type Hash, hashBytes } from '../hash';
import { bytesOfBase64 } from './bytes';
import { disproved, proven, type Verdict } from './finding';
import { type LogKey, openNote } from './open-note';

export interface Checkpoint {
  readonly size: number;
  readonly root: Hash;
}

/**
 * A checkpoint (C2SP tlog-checkpoint) that the log's key signed and that speaks of this log: its origin is the key's
 * name. Extension lines are refused, because this log writes none.
 */
export function openCheckpoint(bytes: Uint8Array, key: LogKey): Verdict<Checkpoint> {
  const note = openNote(bytes, key);
  if (note.kind === 'disproved') return note;
  const match = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(note.value);
  const [origin, size, encoded] = match?.slice(1) ?? [];
  const root = bytesOfBase64(encoded ?? '');
  if (root?.length !== hashBytes || origin !== key.name || !Number.isSafeInteger(Number(size)))
    return disproved('checkpoint-malformed', 'the signed text is not a checkpoint of this log');
  return proven({ size: Number(size), root });
}
