import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { sameBytes } from '../hash';
import { base64Of, bytesOfBase64, hexOf, utf8 } from './bytes';
import { disproved, proven, type Verdict } from './finding';
import { splitNote } from './note';

/** An Ed25519 key of a log or a witness, as its owner published it. */
export interface LogKey {
  readonly name: string;
  readonly id: Uint8Array;
  readonly key: KeyObject;
}

/** What a key signs with (C2SP signed-note): a log its notes, a witness its cosignatures. */
export const signatureTypes = { log: 0x01, witness: 0x04 } as const;

/**
 * Reads `<name>+<key id>+<base64 of type and key>` of an Ed25519 key. `undefined` for anything else, and where the id
 * is not that of name and key.
 */
export function parseLogKey(text: string): LogKey | undefined {
  return parseKey(text, signatureTypes.log);
}

/** As above, of a key that cosigns (C2SP tlog-cosignature, Ed25519). */
export function parseWitnessKey(text: string): LogKey | undefined {
  return parseKey(text, signatureTypes.witness);
}

/**
 * The text of a signed note (C2SP signed-note) once the key's signature over it holds. Signatures of other keys are
 * ignored; a wrong one of this key refuses the note, whatever else it carries.
 */
export function openNote(bytes: Uint8Array, key: LogKey): Verdict<string> {
  const note = splitNote(bytes);
  if (note === undefined) return malformed;
  const { text, signatures } = note;
  let isSigned = false;
  for (const signature of signatures) {
    if (!isOf(signature, key)) continue;
    if (!verify(null, utf8(text), key.key, signature.bytes))
      return disproved('signature-wrong', 'the signature of the log does not belong to this text');
    isSigned = true;
  }
  return isSigned ? proven(text) : disproved('signature-missing', 'the log has not signed this text');
}

/** Whether a signature says that it is of this key. */
export function isOf(
  signature: { readonly name: string; readonly id: Uint8Array },
  key: Pick<LogKey, 'name' | 'id'>,
): boolean {
  return signature.name === key.name && sameBytes(signature.id, key.id);
}

const malformed = disproved('note-malformed', 'this is not a signed note');

function parseKey(text: string, type: number): LogKey | undefined {
  const match = /^([^\s+\p{Cc}\p{Z}]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(text.trim());
  const [name, id, encoded] = match?.slice(1) ?? [];
  const typed = bytesOfBase64(encoded ?? '');
  if (name === undefined || typed === undefined || typed.length !== 33 || typed[0] !== type) return undefined;
  const derived = createHash('sha256').update(name).update('\n').update(typed).digest().subarray(0, 4);
  if (hexOf(derived) !== id) return undefined;
  const x = base64Of(typed.subarray(1)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return {
    name,
    id: derived,
    key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
  };
}
