import type { ReportMonth } from '../reports/month';

/** How the audit of a month stands. */
export interface MonthAuditRecord {
  readonly month: ReportMonth;
  readonly auditedAtMs: number;
  /** The stored user audit, and its SHA-256 in hex. */
  readonly file: string;
  readonly sha256: string;
  readonly events: number;
  /** How many findings it raised, by severity. */
  readonly findings: Readonly<Record<string, number>>;
  /** Ids of all of them. */
  readonly findingIds: readonly string[];
  /** When the Chief was told of the audit; absent: not yet. */
  readonly toldAtMs?: number;
  /** When it was told that nobody attested it in time. */
  readonly overdueAtMs?: number;
  readonly attestation?: Attestation;
}

export interface Attestation {
  readonly by: string;
  readonly atMs: number;
  readonly words: string;
  readonly recordSha256: string;
  readonly outcomes: Readonly<Record<string, number>>;
}

/** The audits as they stand. Every read is strongly consistent. */
export interface MonthAudits {
  find(month: ReportMonth): Promise<MonthAuditRecord | undefined>;
  /** All of them, the newest month first. */
  list(): Promise<readonly MonthAuditRecord[]>;
  /** Stored where the month has none; resolves with the one that stands. */
  putNew(record: MonthAuditRecord): Promise<MonthAuditRecord>;
  /** Notes when the Chief was told, or that it is overdue; the first time stands. */
  note(month: ReportMonth, what: 'toldAtMs' | 'overdueAtMs', atMs: number): Promise<void>;
  /** Resolves with the attestation that stands: an earlier one, or this. */
  attest(month: ReportMonth, attestation: Attestation): Promise<Attestation>;
}

/** Where the Chief, the auditor and the administrator are told; leaves the system, so it names no user and no finding. */
export interface AuditNotices {
  publish(notice: {
    readonly kind: 'month-audited' | 'month-audit-overdue';
    readonly month: ReportMonth;
    readonly findings: Readonly<Record<string, number>>;
  }): Promise<void>;
}
