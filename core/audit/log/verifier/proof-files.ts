import type { Hash } from '../hash';
import { base64Of, bytesOfBase64, utf8 } from './bytes';

/** A checkpoint with the proof that it continues an older one: the request of C2SP tlog-witness `add-checkpoint`. */
export interface StepFile {
  readonly olderSize: number;
  readonly path: readonly Hash[];
  /** The signed note, byte for byte. */
  readonly checkpoint: Uint8Array;
}

/** A proof that an entry is in the log (C2SP tlog-proof). */
export interface InclusionFile {
  readonly index: number;
  readonly path: readonly Hash[];
  readonly checkpoint: Uint8Array;
}

/** A tree has fewer than 2^63 leaves. */
const hashesMax = 63;
const inclusionHeader = 'c2sp.org/tlog-proof@v1';
const number = '(0|[1-9]\\d{0,15})';

export function stepText({
  olderSize,
  path,
  checkpoint,
}: Omit<StepFile, 'checkpoint'> & { checkpoint: string }) {
  return [`old ${olderSize}`, ...path.map(base64Of), '', checkpoint].join('\n');
}

export function inclusionText({
  index,
  path,
  checkpoint,
}: Omit<InclusionFile, 'checkpoint'> & { checkpoint: string }) {
  return [inclusionHeader, `index ${index}`, ...path.map(base64Of), '', checkpoint].join('\n');
}

/** `undefined` for what is none. */
export function parseStep(text: string): StepFile | undefined {
  const found = parse(text, new RegExp(`^old ${number}$`), 0);
  return found && { olderSize: found.number, path: found.path, checkpoint: found.checkpoint };
}

/** `undefined` for what is none. Its extra line, which nothing vouches for, is left out. */
export function parseInclusion(text: string): InclusionFile | undefined {
  if (!text.startsWith(`${inclusionHeader}\n`)) return undefined;
  const found = parse(text.replace(/^([^\n]+\n)extra [^\n]*\n/, '$1'), new RegExp(`^index ${number}$`), 1);
  return found && { index: found.number, path: found.path, checkpoint: found.checkpoint };
}

function parse(text: string, form: RegExp, line: number) {
  const split = text.indexOf('\n\n');
  if (split < 0) return undefined;
  const [head, ...hashes] = text.slice(0, split).split('\n').slice(line);
  const value = Number(form.exec(head ?? '')?.[1] ?? Number.NaN);
  const path = hashes.flatMap((each) => hashOf(each) ?? []);
  if (!Number.isSafeInteger(value) || path.length !== hashes.length || path.length > hashesMax)
    return undefined;
  return { number: value, path, checkpoint: utf8(text.slice(split + 2)) };
}

function hashOf(encoded: string): Hash | undefined {
  const bytes = bytesOfBase64(encoded);
  return bytes?.length === 32 ? bytes : undefined;
}
