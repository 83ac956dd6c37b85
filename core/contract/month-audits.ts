import { z } from 'zod';
import { time } from './fields';

const month = z.string().regex(/^\d{4}-\d{2}$/, 'must be a month such as 2026-11');
const counts = z.record(z.string(), z.int().nonnegative());

export const monthAudit = z.strictObject({
  month,
  auditedAt: time,
  /** Until when it is to be attested. */
  dueAt: time,
  state: z.enum(['open', 'overdue', 'attested']),
  /** SHA-256 of the stored user audit, hex. */
  sha256: z.string(),
  /** Findings by severity. */
  findings: counts,
  attestedBy: z.string().optional(),
  attestedAt: time.optional(),
  words: z.string().optional(),
  /** Over the audit and the outcome of each finding; see docs/formats/month-audit.md. */
  recordSha256: z.string().optional(),
  outcomes: counts.optional(),
});
export const monthAudits = z.strictObject({ audits: z.array(monthAudit) });
export const monthAuditPath = z.strictObject({ month });

/** What one user did in a month, and how the access stood when it was audited. */
export const auditedUser = z.strictObject({
  username: z.string(),
  roles: z.array(z.string()),
  agencies: z.array(z.string()),
  divisions: z.array(z.string()),
  searches: z.int(),
  searchesByPurpose: counts,
  searchesByReason: counts,
  searchesByHour: counts,
  readsShown: z.int(),
  imagesFetched: z.int(),
  otherUses: counts,
  refusals: counts,
  hotListChanges: counts,
  alertsSent: z.int(),
  alertsVerified: counts,
  dispositions: counts,
  accountChanges: counts,
  /** Topic to the day on which it was last taken; absent for who has no record any more. */
  training: z.record(z.string(), z.string()).optional(),
});
export const monthAuditUsers = z.strictObject({ audit: monthAudit, users: z.array(auditedUser) });

export const attestation = z.strictObject({
  words: z.string().trim().min(10, 'must say what is attested in 10 characters or more').max(2000),
});
export const incidentPackage = z.strictObject({
  findingId: z.uuid(),
  state: z.enum(['requested', 'ready']),
  requestedBy: z.string(),
  requestedAt: time,
  readyAt: time.optional(),
  sha256: z.string().optional(),
  events: z.int().optional(),
});
export const incidentPackages = z.strictObject({ packages: z.array(incidentPackage) });
/** The package itself, as it is handed over; see docs/formats/month-audit.md. */
export const incidentFile = z.strictObject({ package: incidentPackage, file: z.string() });

export type MonthAuditAnswer = z.output<typeof monthAudit>;
export type AuditedUserAnswer = z.output<typeof auditedUser>;
export type IncidentPackageAnswer = z.output<typeof incidentPackage>;
