import { readFileSync } from 'node:fs';
import { checkConsistency } from '../../core/audit/log/verifier/check-consistency';
import { checkDraw } from '../../core/audit/log/verifier/check-draw';
import { checkEvent } from '../../core/audit/log/verifier/check-event';
import { checkFiles } from '../../core/audit/log/verifier/check-files';
import { checkLog } from '../../core/audit/log/verifier/check-log';
import { checkOpenings } from '../../core/audit/log/verifier/check-openings';
import { checkVersions } from '../../core/audit/log/verifier/check-versions';
import type { LogFiles } from '../../core/audit/log/verifier/files';
import { disproved, proven, type Verdict } from '../../core/audit/log/verifier/finding';
import { type Checkpoint, openCheckpoint } from '../../core/audit/log/verifier/open-checkpoint';
import { type LogKey, parseLogKey, parseWitnessKey } from '../../core/audit/log/verifier/open-note';
import type { Command } from './arguments';
import { folderFiles } from './folder-files';
import { drawRecordIn, openedRowsIn, versionsOf } from './input-files';
import { parseOpenedEvent } from './opened-event-file';
import { sentence } from './sentences';

/** A file named on the command line is not there, or is not what it should be. */
export class UnreadableInput extends Error {
  readonly code = 'unreadable-input';

  constructor(what: string, options?: { cause?: unknown }) {
    super(`cannot be read: ${what}`, options);
    this.name = 'UnreadableInput';
  }
}

/** Does what the command asks; the proven value is the sentence to print. Throws `UnreadableInput`. */
export function verify(command: Command): Verdict<string> {
  const key = parseLogKey(command.key);
  if (key === undefined) throw new UnreadableInput('--key');
  if (command.command === 'files') return filesProve(command, key);
  const files = folderFiles(command.folder);
  switch (command.command) {
    case 'log':
      return both(
        checkLog(files, key),
        command.versions === undefined
          ? proven(undefined)
          : checkVersions(read(command.versions, versionsOf)),
        ({ size, checkpoints }, bucket) =>
          proven(
            `The log holds ${size} events, unaltered, under ${checkpoints} checkpoints.${
              bucket === undefined ? '' : ` None of ${bucket.objects} objects was written over or deleted.`
            }`,
          ),
      );
    case 'openings':
      return both(checkpoint(files, key, command.new), proven(read(command.rows, openedRowsIn)), (at, rows) =>
        told(
          checkOpenings(files, at, rows),
          ({ opened, redacted }) =>
            `${opened} events open their place of the log; ${redacted.length} were lawfully redacted${
              redacted.length === 0 ? '' : ` (places ${redacted.join(', ')})`
            }; none is missing.`,
        ),
      );
    case 'draw': {
      const record = read(command.record, drawRecordIn);
      return both(checkpoint(files, key, String(record.size)), proven(record), (at, drawn) =>
        told(
          checkDraw(files, key, at, drawn),
          ({ opened, redacted, failed }) =>
            `The draw follows from the checkpoint of ${record.size} events: ${opened} opened, ${redacted} redacted, ${failed} failed.`,
        ),
      );
    }
    case 'consistency':
      return both(checkpoint(files, key, command.old), checkpoint(files, key, command.new), (older, newer) =>
        told(
          checkConsistency(files, older, newer),
          (found) => `The first ${found.older} of ${found.newer} events stand as they did.`,
        ),
      );
    case 'event': {
      const opened = parseOpenedEvent(readText(command.event));
      if (opened === undefined) throw new UnreadableInput(command.event);
      return both(checkpoint(files, key, command.new), proven(opened), (at, event) =>
        told(
          checkEvent(files, at, event),
          ({ index, size }) => `The event is number ${index} of the log of ${size} events, word for word.`,
        ),
      );
    }
    default:
      return command satisfies never;
  }
}

/** Every sentence of what the files prove, or everything that does not hold. */
function filesProve(command: Extract<Command, { command: 'files' }>, key: LogKey): Verdict<string> {
  const witnesses = command.witness.map((text) => {
    const witness = parseWitnessKey(text);
    if (witness === undefined) throw new UnreadableInput('--witness');
    return witness;
  });
  const named = command.files.map((name) => ({ name, bytes: Buffer.from(readText(name)) }));
  const statements = checkFiles(named, key, witnesses);
  const findings = statements.flatMap((each) => (each.kind === 'false' ? [each] : []));
  if (findings.length > 0)
    return {
      kind: 'disproved',
      findings: findings.map(({ name, finding }) => ({
        ...finding,
        message: `${name}: ${finding.message}`,
      })),
    };
  return proven(
    statements.flatMap((each) => (each.kind === 'false' ? [] : sentence(each))).join('\n        '),
  );
}

function checkpoint(files: LogFiles, key: LogKey, named: string | undefined): Verdict<Checkpoint> {
  const path = named === undefined ? 'checkpoint' : `checkpoints/${named}`;
  const isInLog = named === undefined || /^\d+$/.test(named);
  const bytes = isInLog ? files.read(path) : Buffer.from(readText(named));
  return bytes === undefined
    ? disproved('checkpoint-missing', `the log has no ${path}`)
    : openCheckpoint(bytes, key);
}

function told<Value>(verdict: Verdict<Value>, sentence: (value: Value) => string): Verdict<string> {
  return verdict.kind === 'proven' ? proven(sentence(verdict.value)) : verdict;
}

function both<A, B, C>(a: Verdict<A>, b: Verdict<B>, next: (a: A, b: B) => Verdict<C>): Verdict<C> {
  if (a.kind === 'disproved') return a;
  return b.kind === 'disproved' ? b : next(a.value, b.value);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UnreadableInput(path, { cause });
  }
}

/** Throws `UnreadableInput` for a file that is not what it should be. */
function read<Value>(path: string, parse: (text: string) => Value): Value {
  const text = readText(path);
  try {
    return parse(text);
  } catch (cause) {
    throw new UnreadableInput(path, { cause });
  }
}
