import { verify } from 'node:crypto';
import { joined, utf8 } from './bytes';
import { disproved, proven, type Verdict } from './finding';
import { splitNote } from './note';
import { isOf, type LogKey } from './open-note';

export interface Cosigned {
  readonly witness: string;
  /** When the witness says that it saw this as the largest tree of the log, seconds since the epoch. */
  readonly atS: number;
}

const timestampBytes = 8;
const signatureBytes = 64;

/**
 * Which of these witnesses cosigned a checkpoint (C2SP tlog-cosignature, Ed25519), each named once, in the order of
 * `witnesses`. Signatures of others are ignored; a wrong one of a witness that is asked about disproves the note.
 */
export function cosignersOf(bytes: Uint8Array, witnesses: readonly LogKey[]): Verdict<readonly Cosigned[]> {
  const note = splitNote(bytes);
  if (note === undefined) return disproved('note-malformed', 'this is not a signed note');
  const cosigned: Cosigned[] = [];
  for (const witness of witnesses) {
    const own = note.signatures.filter((signature) => isOf(signature, witness));
    const times = own.map((signature) => timeOf(note.text, signature.bytes, witness));
    const known = times.flatMap((time) => time ?? []);
    if (known.length < times.length)
      return disproved('cosignature-wrong', `a cosignature of ${witness.name} does not belong to this text`);
    const [newest] = known.sort((a, b) => b - a);
    if (newest !== undefined) cosigned.push({ witness: witness.name, atS: newest });
  }
  return proven(cosigned);
}

/** What a witness signs: the time, and the whole text of the checkpoint. */
export function cosignedMessage(text: string, atS: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${atS}\n${text}`);
}

/** The time of a cosignature that holds. */
function timeOf(text: string, signature: Uint8Array, { key }: LogKey): number | undefined {
  if (signature.length !== timestampBytes + signatureBytes) return undefined;
  const atS = signature.subarray(0, timestampBytes).reduce((sum, each) => sum * 256 + each, 0);
  if (!Number.isSafeInteger(atS)) return undefined;
  const isTrue = verify(null, cosignedMessage(text, atS), key, joined([signature.subarray(timestampBytes)]));
  return isTrue ? atS : undefined;
}
