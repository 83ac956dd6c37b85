import { checkFiles, type NamedFile, type Statement } from '../../../core/audit/log/verifier/check-files';
import { cosignedMessage } from '../../../core/audit/log/verifier/cosigners';
import { splitNote } from '../../../core/audit/log/verifier/note';
import { type LogKey, parseLogKey, parseWitnessKey } from '../../../core/audit/log/verifier/open-note';
import { verifyBefore } from './browser-crypto';

export type Checked =
  | { readonly kind: 'checked'; readonly statements: readonly Statement[] }
  | { readonly kind: 'no-key' }
  /** The browser cannot verify this kind of signature. */
  | { readonly kind: 'unable' };

/** What the dropped files prove under these keys. Nothing leaves the browser. */
export async function check(
  files: readonly NamedFile[],
  keys: { readonly log: string; readonly witnesses: string },
): Promise<Checked> {
  const key = parseLogKey(keys.log);
  const lines = keys.witnesses.split('\n').filter((line) => line.trim() !== '');
  const witnesses = lines.flatMap((line) => parseWitnessKey(line) ?? []);
  if (key === undefined || witnesses.length < lines.length) return { kind: 'no-key' };
  try {
    for (const { bytes } of files) await verifySignatures(bytes, [key, ...witnesses]);
  } catch {
    return { kind: 'unable' };
  }
  return { kind: 'checked', statements: checkFiles(files, key, witnesses) };
}

/** Of a note, and of a note that stands below a proof. */
async function verifySignatures(bytes: Uint8Array, keys: readonly LogKey[]): Promise<void> {
  const text = new TextDecoder().decode(bytes);
  const below = text.indexOf('\n\n') + 2;
  for (const candidate of [text, text.slice(below)]) {
    const note = splitNote(new TextEncoder().encode(candidate));
    for (const signature of note?.signatures ?? [])
      for (const { name, key } of keys) {
        if (signature.name !== name || note === undefined) continue;
        await verifyBefore(new TextEncoder().encode(note.text), key, signature.bytes);
        if (signature.bytes.length !== 72) continue;
        const atS = signature.bytes.subarray(0, 8).reduce((sum, each) => sum * 256 + each, 0);
        await verifyBefore(cosignedMessage(note.text, atS), key, signature.bytes.subarray(8));
      }
  }
}
