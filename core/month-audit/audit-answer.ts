import type { MonthAuditAnswer } from '../contract/month-audits';
import { attestationDueMs, isOverdue } from './overdue';
import type { MonthAuditRecord } from './ports';

/** How a month's audit stands, as the API answers it. */
export function monthAuditAnswer(
  record: MonthAuditRecord,
  { attestWithinDays, nowMs }: { readonly attestWithinDays: number; readonly nowMs: number },
): MonthAuditAnswer {
  const { month, auditedAtMs, sha256, findings, attestation } = record;
  const state = isOverdue(record, attestWithinDays, nowMs) ? 'overdue' : 'open';
  return {
    month,
    auditedAt: iso(auditedAtMs),
    dueAt: iso(attestationDueMs(record, attestWithinDays)),
    state: attestation === undefined ? state : 'attested',
    sha256,
    findings: { ...findings },
    ...(attestation === undefined
      ? {}
      : {
          attestedBy: attestation.by,
          attestedAt: iso(attestation.atMs),
          words: attestation.words,
          recordSha256: attestation.recordSha256,
          outcomes: { ...attestation.outcomes },
        }),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
