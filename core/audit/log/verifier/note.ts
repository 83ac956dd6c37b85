import { bytesOfBase64 } from './bytes';

/** A signed note (C2SP signed-note), taken apart; nothing of it is verified. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** Four bytes that say, with the name, which key it is of. */
  readonly id: Uint8Array;
  readonly bytes: Uint8Array;
}

const noteBytesMax = 1_000_000;
const signaturesMax = 100;
const separator = '\n\n';

/** `undefined` for what is no note. */
export function splitNote(bytes: Uint8Array): Note | undefined {
  const note = decode(bytes);
  const split = note?.lastIndexOf(separator) ?? -1;
  if (note === undefined || split < 0 || !note.endsWith('\n')) return undefined;
  const lines = note.slice(split + separator.length, -1).split('\n');
  if (lines.length > signaturesMax) return undefined;
  const signatures = lines.flatMap((line) => parseSignature(line) ?? []);
  return signatures.length === lines.length ? { text: note.slice(0, split + 1), signatures } : undefined;
}

function decode(bytes: Uint8Array): string | undefined {
  if (bytes.length > noteBytesMax) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return [...text].every((each) => each === '\n' || each >= ' ') ? text : undefined;
  } catch {
    return undefined;
  }
}

function parseSignature(line: string): NoteSignature | undefined {
  const match = /^— ([^\s+\p{Z}]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
  const [name, encoded] = match?.slice(1) ?? [];
  const blob = bytesOfBase64(encoded ?? '');
  if (name === undefined || blob === undefined || blob.length < 5) return undefined;
  return { name, id: blob.subarray(0, 4), bytes: blob.subarray(4) };
}
