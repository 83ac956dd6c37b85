import type { MonthAuditRecord } from './ports';

const dayMs = 86_400_000;

/** Until when a month is to be attested, ms. */
export function attestationDueMs({ auditedAtMs }: MonthAuditRecord, attestWithinDays: number): number {
  return auditedAtMs + attestWithinDays * dayMs;
}

export function isOverdue(record: MonthAuditRecord, attestWithinDays: number, nowMs: number): boolean {
  return record.attestation === undefined && nowMs >= attestationDueMs(record, attestWithinDays);
}
