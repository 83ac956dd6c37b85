import type { OpenedEvent } from '../audit/log/verifier/check-event';
import { inclusionPath, type Subtree } from '../audit/log/verifier/proofs';
import type { Finding } from '../findings/finding';

/** Raised when a field changes its meaning; see docs/formats/month-audit.md. */
export const incidentFormat = 1;

/**
 * The file of a package: the finding, each event that it rests on as it is stored, the key that opens its commitment,
 * and the audit path to the signed checkpoint. Whoever has it and the log's public key needs nobody of the Department to
 * see that the events were logged and not changed since (Acct-D).
 */
export function incidentFile(sources: {
  readonly finding: Finding;
  readonly events: readonly OpenedEvent[];
  /** Ids of events that the log does not hold any more, or that were never sealed. */
  readonly missing: readonly string[];
  readonly checkpoint: { readonly text: string; readonly size: number };
  readonly subtree: Subtree;
}): string {
  const { finding, events, missing, checkpoint, subtree } = sources;
  const { eventTimesMs: _, raisedAtMs, decision, ...facts } = finding;
  const file = {
    format: incidentFormat,
    finding: {
      ...facts,
      raisedAt: new Date(raisedAtMs).toISOString(),
      ...(decision === undefined
        ? {}
        : { decision: { ...decision, atMs: undefined, at: new Date(decision.atMs).toISOString() } }),
    },
    checkpoint: checkpoint.text,
    events: events.map(({ event, commitmentKey, logIndex }) => ({
      event,
      commitmentKey: base64(commitmentKey),
      logIndex,
      inclusion: inclusionPath(logIndex, checkpoint.size, subtree).map(base64),
    })),
    missing,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
