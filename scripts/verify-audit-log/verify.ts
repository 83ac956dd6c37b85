import { readFileSync } from 'node:fs';
import { checkConsistency } from '../../core/audit/log/verifier/check-consistency';
import { checkEvent } from '../../core/audit/log/verifier/check-event';
import { checkLog } from '../../core/audit/log/verifier/check-log';
import type { LogFiles } from '../../core/audit/log/verifier/files';
import { disproved, proven, type Verdict } from '../../core/audit/log/verifier/finding';
import { type Checkpoint, openCheckpoint } from '../../core/audit/log/verifier/open-checkpoint';
import { type LogKey, parseLogKey } from '../../core/audit/log/verifier/open-note';
import type { Command } from './arguments';
import { folderFiles } from './folder-files';
import { parseOpenedEvent } from './opened-event-file';

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
  const files = folderFiles(command.folder);
  switch (command.command) {
    case 'log':
      return told(
        checkLog(files, key),
        ({ size, checkpoints }) =>
          `The log holds ${size} events, unaltered, under ${checkpoints} checkpoints.`,
      );
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
