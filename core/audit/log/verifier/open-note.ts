import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { disproved, proven, type Verdict } from './finding';

/** A log's key, as its owner published it. */
export interface LogKey {
  readonly name: string;
  readonly id: Uint8Array;
  readonly key: KeyObject;
}

const noteBytesMax = 1_000_000;
const signaturesMax = 100;
const ed25519Type = 1;
const separator = '\n\n';

/**
 * Reads `<name>+<key id>+<base64 of type and key>` of an Ed25519 key. `undefined` for anything else, and where the id
 * is not that of name and key.
 */
export function parseLogKey(text: string): LogKey | undefined {
  const match = /^([^\s+\p{Cc}\p{Z}]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(text.trim());
  const [name, id, encoded] = match?.slice(1) ?? [];
  if (name === undefined || id === undefined || encoded === undefined) return undefined;
  const typed = Buffer.from(encoded, 'base64');
  if (typed.length !== 33 || typed[0] !== ed25519Type) return undefined;
  const derived = createHash('sha256').update(name).update('\n').update(typed).digest().subarray(0, 4);
  if (derived.toString('hex') !== id) return undefined;
  const x = typed.subarray(1).toString('base64url');
  return {
    name,
    id: derived,
    key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
  };
}

/**
 * The text of a signed note (C2SP signed-note) once the key's signature over it holds. Signatures of other keys are
 * ignored; a wrong one of this key refuses the note, whatever else it carries.
 */
export function openNote(bytes: Uint8Array, key: LogKey): Verdict<string> {
  const note = decode(bytes);
  const split = note?.lastIndexOf(separator) ?? -1;
  if (note === undefined || split < 0 || !note.endsWith('\n')) return malformed;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + separator.length, -1).split('\n');
  if (lines.length > signaturesMax) return malformed;
  let isSigned = false;
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) return malformed;
    if (signature.name !== key.name || Buffer.compare(signature.id, key.id) !== 0) continue;
    if (!verify(null, Buffer.from(text), key.key, signature.bytes))
      return disproved('signature-wrong', 'the signature of the log does not belong to this text');
    isSigned = true;
  }
  return isSigned ? proven(text) : disproved('signature-missing', 'the log has not signed this text');
}

const malformed = disproved('note-malformed', 'this is not a signed note');

function decode(bytes: Uint8Array): string | undefined {
  if (bytes.length > noteBytesMax) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return [...text].every((each) => each === '\n' || each >= ' ') ? text : undefined;
  } catch {
    return undefined;
  }
}

function parseSignature(line: string) {
  const match = /^— ([^\s+\p{Z}]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
  const [name, encoded] = match?.slice(1) ?? [];
  if (name === undefined || encoded === undefined) return undefined;
  const blob = Buffer.from(encoded, 'base64');
  if (blob.length < 5 || blob.toString('base64') !== encoded) return undefined;
  return { name, id: blob.subarray(0, 4), bytes: blob.subarray(4) };
}
