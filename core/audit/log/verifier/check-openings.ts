import { entryOf } from '../commitment';
import { leafHash, sameBytes } from '../hash';
import { base64Of } from './bytes';
import type { OpenedEvent } from './check-event';
import { provenFromTiles } from './check-event';
import type { LogFiles } from './files';
import { type Finding, proven, type Verdict } from './finding';
import type { Checkpoint } from './open-checkpoint';
import { subtreesIn } from './tile-files';

export interface CheckedOpenings {
  readonly opened: number;
  /** Places whose event was taken away, each named by an event of the log itself that says by whom and why. */
  readonly redacted: readonly number[];
}

/** What an `event-redacted` says of the place it emptied. */
interface Redaction {
  readonly logIndex: number;
  readonly leaf: string;
}

const findingsMax = 100;

/**
 * Whether the rows that the auditor was given are all that the checkpoint covers: each place is opened by its event, or
 * lawfully redacted, that is named, with the hash that stands there, by an `event-redacted` which is itself opened by
 * this log. Any other place without its event is a hole. Rows beyond the checkpoint are left alone.
 */
export function checkOpenings(
  files: LogFiles,
  checkpoint: Checkpoint,
  rows: Iterable<OpenedEvent>,
): Verdict<CheckedOpenings> {
  return provenFromTiles(() => {
    const subtree = subtreesIn(files, checkpoint.size);
    const isOpened = new Uint8Array(checkpoint.size);
    const redactions = new Map<number, Redaction>();
    const findings: Finding[] = [];
    for (const row of rows) {
      const { logIndex: index, event, commitmentKey } = row;
      if (index >= checkpoint.size) continue;
      if (!sameBytes(leafHash(entryOf(event, commitmentKey)), subtree(0, index))) {
        findings.push({ code: 'opening-differs', message: `the event at place ${index} was altered` });
        continue;
      }
      isOpened[index] = 1;
      const redaction = redactionIn(event);
      if (redaction !== undefined) redactions.set(redaction.logIndex, redaction);
    }
    const redacted: number[] = [];
    for (const [index, isThere] of isOpened.entries()) {
      if (isThere === 1) continue;
      if (redactions.get(index)?.leaf === base64Of(subtree(0, index))) redacted.push(index);
      else
        findings.push({
          code: 'opening-missing',
          message: `the event at place ${index} is gone, and no event of the log redacted it`,
        });
      if (findings.length >= findingsMax) break;
    }
    if (findings.length > 0) return { kind: 'disproved', findings: findings.slice(0, findingsMax) };
    return proven({ opened: checkpoint.size - redacted.length, redacted });
  });
}

function redactionIn(event: string): Redaction | undefined {
  if (!event.includes('"event-redacted"')) return undefined;
  const parsed = parsedJson(event);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { kind, logIndex, leaf }: { kind?: unknown; logIndex?: unknown; leaf?: unknown } = parsed;
  if (kind !== 'event-redacted' || typeof logIndex !== 'number' || typeof leaf !== 'string') return undefined;
  return { logIndex, leaf };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
