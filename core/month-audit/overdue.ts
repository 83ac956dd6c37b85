import { dayMs } from '../retention/day';
import type { MonthAuditRecord } from './ports';

/** Until when a month is to be attested, ms. */
export function attestationDueMs(
  { auditedAtMs }: Pick<MonthAuditRecord, 'auditedAtMs'>,
  attestWithinDays: number,
): number {
  return auditedAtMs + attestWithinDays * dayMs;
}

export function isOverdue(record: MonthAuditRecord, attestWithinDays: number, nowMs: number): boolean {
  return record.attestation === undefined && nowMs >= attestationDueMs(record, attestWithinDays);
}
