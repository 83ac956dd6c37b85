import { sameBytes } from '../hash';
import { bytesOfBase64 } from './bytes';
import { checkEntry } from './check-event';
import { drawPlaces } from './draw';
import type { LogFiles } from './files';
import { type Finding, proven, type Verdict } from './finding';
import type { Checkpoint } from './open-checkpoint';

/** The public record of a draw (docs/formats/audit-log.md): which places, and what came of each. */
export interface DrawRecord {
  readonly size: number;
  readonly root: Uint8Array;
  readonly leaves: readonly DrawnLeaf[];
}

export interface DrawnLeaf {
  readonly index: number;
  readonly state: 'opened' | 'redacted' | 'failed';
  /** Of what was opened or redacted: the hash that stands in the log. */
  readonly leaf?: string;
}

export interface CheckedDraw {
  readonly opened: number;
  readonly redacted: number;
  readonly failed: number;
}

/**
 * Whether a draw was honest: its checkpoint is one of the log, its places are those that follow from it, in their order
 * and without a gap, and what is said to have been opened there is what the log holds. That a place failed is told, not
 * disproved: it is an honest answer.
 */
export function checkDraw(
  files: LogFiles,
  key: { readonly name: string },
  checkpoint: Checkpoint,
  record: DrawRecord,
): Verdict<CheckedDraw> {
  const findings: Finding[] = [];
  const differs = (message: string) => findings.push({ code: 'draw-differs', message });
  if (record.size !== checkpoint.size || !sameBytes(record.root, checkpoint.root))
    differs('the draw is not of this checkpoint');
  else {
    const expected =
      record.leaves.length > checkpoint.size ? [] : drawPlaces(key.name, checkpoint, record.leaves.length);
    for (const [at, { index, state, leaf }] of record.leaves.entries()) {
      if (index !== expected[at]) differs(`leaf ${at + 1} of the draw is ${expected[at]}, not ${index}`);
      else if (state !== 'failed') {
        const stands = bytesOfBase64(leaf ?? '') ?? new Uint8Array();
        const included = checkEntry(files, checkpoint, { index, leaf: stands });
        if (included.kind === 'disproved') findings.push(...included.findings);
      }
    }
  }
  if (findings.length > 0) return { kind: 'disproved', findings };
  const count = (state: DrawnLeaf['state']) => record.leaves.filter((each) => each.state === state).length;
  return proven({ opened: count('opened'), redacted: count('redacted'), failed: count('failed') });
}
