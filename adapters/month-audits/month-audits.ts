import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { Attestation, MonthAuditRecord, MonthAudits } from '../../core/month-audit/ports';
import { parseReportMonth, type ReportMonth } from '../../core/reports/month';
import { StoreError } from '../stores/store-error';
import { AuditRows, type AuditRowsOptions } from './audit-rows';

const counts = z.record(z.string(), z.int().nonnegative());
const month = z.string().transform((text, context) => {
  const parsed = parseReportMonth(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'no month' });
  return z.NEVER;
});
const record = z.strictObject({
  month,
  auditedAtMs: z.int(),
  file: z.string(),
  sha256: z.string(),
  events: z.int(),
  findings: counts,
  findingIds: z.array(z.string()),
});
const attestation = z.strictObject({
  by: z.string(),
  atMs: z.int(),
  words: z.string(),
  recordSha256: z.string(),
  outcomes: counts,
});

/** The audits of months in the table Audits. */
export class StoredMonthAudits implements MonthAudits {
  readonly #rows: AuditRows;

  constructor(options: AuditRowsOptions) {
    this.#rows = new AuditRows(options, 'month');
  }

  async find(of: ReportMonth): Promise<MonthAuditRecord | undefined> {
    const row = await this.#rows.find(of);
    return row === undefined ? undefined : recordOf(row);
  }

  async list(): Promise<readonly MonthAuditRecord[]> {
    return (await this.#rows.list()).map(recordOf);
  }

  async putNew(made: MonthAuditRecord): Promise<MonthAuditRecord> {
    return recordOf(await this.#rows.putNew(made.month, made));
  }

  async note(of: ReportMonth, what: 'toldAtMs' | 'overdueAtMs', atMs: number): Promise<void> {
    await this.#rows.setOnce(of, what, { N: String(atMs) });
  }

  async attest(of: ReportMonth, made: Attestation): Promise<Attestation> {
    const stands = await this.#rows.setOnce(of, 'attestation', { S: JSON.stringify(made) });
    return parsed(attestation, stands);
  }
}

function recordOf(row: Record<string, AttributeValue>): MonthAuditRecord {
  return {
    ...parsed(record, row.record),
    ...(row.toldAtMs === undefined ? {} : { toldAtMs: Number(row.toldAtMs.N) }),
    ...(row.overdueAtMs === undefined ? {} : { overdueAtMs: Number(row.overdueAtMs.N) }),
    ...(row.attestation === undefined ? {} : { attestation: parsed(attestation, row.attestation) }),
  };
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  value: AttributeValue | undefined,
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(value?.S ?? ''));
  } catch (cause) {
    throw new StoreError('malformed', 'audits', { cause });
  }
}
