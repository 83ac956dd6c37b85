import { commitmentKeyBytes, entryOf } from '../commitment';
import { type Hash, leafHash, sameBytes } from '../hash';
import { bytesOfBase64, hexOf } from './bytes';
import type { OpenedEvent } from './check-event';
import { type Cosigned, cosignersOf } from './cosigners';
import type { Finding } from './finding';
import { type Checkpoint, openCheckpoint } from './open-checkpoint';
import type { LogKey } from './open-note';
import { type InclusionFile, parseInclusion, parseStep, type StepFile } from './proof-files';
import { provesConsistency, provesInclusion } from './proofs';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** One thing that the files prove, or that does not hold. */
export type Statement =
  | {
      readonly kind: 'signed';
      readonly name: string;
      readonly size: number;
      readonly cosigned: readonly Cosigned[];
    }
  /** The log of `newer` events begins with that of `older`, unchanged. */
  | { readonly kind: 'continues'; readonly older: number; readonly newer: number }
  | { readonly kind: 'included'; readonly name: string; readonly index: number; readonly size: number }
  /** Two checkpoints are signed, and no file links them. */
  | { readonly kind: 'unlinked'; readonly older: number; readonly newer: number }
  | { readonly kind: 'false'; readonly name: string; readonly finding: Finding };

interface Signed extends Checkpoint {
  readonly name: string;
}

/**
 * What a handful of published files say together, without the log: checkpoints, days (a checkpoint with the proof that
 * it continues an older one), and proofs of single events with the events themselves. Two signed checkpoints of one size
 * that differ are a fork, the one thing that an honest log can never show.
 */
export function checkFiles(
  files: readonly NamedFile[],
  key: LogKey,
  witnesses: readonly LogKey[] = [],
): readonly Statement[] {
  const statements: Statement[] = [];
  const signed: Signed[] = [];
  const steps: (StepFile & { readonly name: string; readonly newer: Checkpoint })[] = [];
  const proofs: (InclusionFile & { readonly name: string; readonly at: Checkpoint })[] = [];
  const events: (OpenedEvent & { readonly name: string })[] = [];
  const open = (name: string, bytes: Uint8Array): Checkpoint | undefined => {
    const opened = openCheckpoint(bytes, key);
    const cosigned = opened.kind === 'proven' ? cosignersOf(bytes, witnesses) : opened;
    if (opened.kind === 'disproved' || cosigned.kind === 'disproved') {
      const findings = cosigned.kind === 'disproved' ? cosigned.findings : [];
      statements.push(...findings.map((finding) => ({ kind: 'false', name, finding }) as const));
      return undefined;
    }
    signed.push({ ...opened.value, name });
    statements.push({ kind: 'signed', name, size: opened.value.size, cosigned: cosigned.value });
    return opened.value;
  };
  for (const { name, bytes } of files) {
    const text = new TextDecoder().decode(bytes);
    const event = parseOpened(text);
    const [step, proof] = [parseStep(text), parseInclusion(text)];
    if (event !== undefined) events.push({ ...event, name });
    else if (step !== undefined) {
      const newer = open(name, step.checkpoint);
      if (newer !== undefined) steps.push({ ...step, name, newer });
    } else if (proof !== undefined) {
      const at = open(name, proof.checkpoint);
      if (at !== undefined) proofs.push({ ...proof, name, at });
    } else open(name, bytes);
  }
  statements.push(...forksIn(signed), ...stepsProven(signed, steps));
  for (const proof of proofs) statements.push(inclusion(proof, events));
  return statements;
}

function forksIn(signed: readonly Signed[]): readonly Statement[] {
  const bySize = new Map<number, Signed>();
  return signed.flatMap((each): readonly Statement[] => {
    const other = bySize.get(each.size);
    bySize.set(each.size, other ?? each);
    if (other === undefined || sameBytes(other.root, each.root)) return [];
    const message = `two signed checkpoints of ${each.size} events differ: ${other.name} and ${each.name}`;
    return [{ kind: 'false', name: each.name, finding: { code: 'fork', message } }];
  });
}

function stepsProven(
  signed: readonly Signed[],
  steps: readonly (StepFile & { readonly name: string; readonly newer: Checkpoint })[],
): readonly Statement[] {
  const known = [...new Map(signed.map((each) => [`${each.size} ${hexOf(each.root)}`, each])).values()].sort(
    (a, b) => a.size - b.size,
  );
  const linked = new Map<number, number>();
  const statements: Statement[] = [];
  for (const { olderSize, newer, path, name } of steps) {
    const older = known.find(({ size }) => size === olderSize);
    if (older === undefined) continue;
    if (provesConsistency({ older, newer, path })) {
      if (olderSize === newer.size) continue;
      linked.set(olderSize, newer.size);
      statements.push({ kind: 'continues', older: olderSize, newer: newer.size });
    } else {
      const message = `the log of ${newer.size} events does not begin with the log of ${olderSize}: its past was changed`;
      statements.push({ kind: 'false', name, finding: { code: 'not-consistent', message } });
    }
  }
  for (const [at, newer] of known.entries()) {
    const older = known[at - 1];
    if (older === undefined || older.size === newer.size || reaches(linked, older.size, newer.size)) continue;
    statements.push({ kind: 'unlinked', older: older.size, newer: newer.size });
  }
  return statements;
}

function reaches(linked: ReadonlyMap<number, number>, from: number, to: number): boolean {
  let at: number | undefined = from;
  while (at !== undefined && at < to) at = linked.get(at);
  return at === to;
}

/** The proof names no event: each that was dropped with it is tried. */
function inclusion(
  { name, index, path, at }: InclusionFile & { readonly name: string; readonly at: Checkpoint },
  events: readonly OpenedEvent[],
): Statement {
  const proves = (leaf: Hash) => provesInclusion({ index, size: at.size, leaf, path, root: at.root });
  const isProven = events.some(
    ({ logIndex, event, commitmentKey }) =>
      logIndex === index && proves(leafHash(entryOf(event, commitmentKey))),
  );
  if (isProven) return { kind: 'included', name, index, size: at.size };
  const message = `no event among the files is number ${index} of the log of ${at.size} events`;
  return { kind: 'false', name, finding: { code: 'not-included', message } };
}

/** `{"event", "commitmentKey", "logIndex"}`, as an event is handed out. */
function parseOpened(text: string): OpenedEvent | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const parsed = parsedJson(text);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { event, commitmentKey, logIndex }: Record<string, unknown> = { ...parsed };
  if (typeof event !== 'string' || typeof commitmentKey !== 'string' || typeof logIndex !== 'number')
    return undefined;
  const key = keyOf(commitmentKey);
  return key && { event, commitmentKey: key, logIndex };
}

function keyOf(encoded: string): Uint8Array | undefined {
  const bytes = bytesOfBase64(encoded);
  return bytes?.length === commitmentKeyBytes ? bytes : undefined;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
