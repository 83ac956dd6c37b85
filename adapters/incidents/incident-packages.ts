import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { IncidentPackage, IncidentPackages } from '../../core/incidents/ports';
import { AuditRows, type AuditRowsOptions } from '../month-audits/audit-rows';
import { StoreError } from '../stores/store-error';

const record = z.strictObject({ findingId: z.string(), requestedBy: z.string(), requestedAtMs: z.int() });
const made = z.strictObject({ file: z.string(), sha256: z.string(), events: z.int(), atMs: z.int() });

/** The packages of incidents in the table Audits. */
export class StoredIncidentPackages implements IncidentPackages {
  readonly #rows: AuditRows;

  constructor(options: AuditRowsOptions) {
    this.#rows = new AuditRows(options, 'incident');
  }

  async find(findingId: string): Promise<IncidentPackage | undefined> {
    const row = await this.#rows.find(findingId);
    return row === undefined ? undefined : packageOf(row);
  }

  async list(): Promise<readonly IncidentPackage[]> {
    return (await this.#rows.list()).map(packageOf).sort((a, b) => b.requestedAtMs - a.requestedAtMs);
  }

  async request(asked: IncidentPackage): Promise<IncidentPackage> {
    return packageOf(await this.#rows.putNew(asked.findingId, asked));
  }

  async finish(findingId: string, finished: NonNullable<IncidentPackage['made']>): Promise<void> {
    await this.#rows.setOnce(findingId, 'made', { S: JSON.stringify(finished) });
  }
}

function packageOf(row: Record<string, AttributeValue>): IncidentPackage {
  try {
    return {
      ...record.parse(JSON.parse(row.record?.S ?? '')),
      ...(row.made === undefined ? {} : { made: made.parse(JSON.parse(row.made.S ?? '')) }),
    };
  } catch (cause) {
    throw new StoreError('malformed', 'audits', { cause });
  }
}
