import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { QuarantinedRecord } from '../../core/contract/quarantine';
import { fromStore, StoreError } from '../stores/store-error';

const hourMs = 3_600_000;

export interface QuarantineRange {
  readonly sinceMs: number;
  readonly nowMs: number;
  /** Rows answered at most. */
  readonly limit: number;
}

export interface QuarantineReaderOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  /** Told of each row that cannot be understood. */
  readonly onMalformed: (error: StoreError) => void;
}

/**
 * Reads the facts of what was refused, newest first; never the sealed content. A row that cannot be understood is left
 * out, so that one bad row does not hide the others.
 */
export class QuarantineReader {
  constructor(readonly options: QuarantineReaderOptions) {}

  async list(range: QuarantineRange): Promise<{ records: readonly QuarantinedRecord[]; truncated: boolean }> {
    const records: QuarantinedRecord[] = [];
    for (let atMs = range.nowMs; hourStart(atMs) + hourMs > range.sinceMs; atMs -= hourMs) {
      records.push(...(await this.#ofHour(atMs, range)));
      if (records.length > range.limit) return { records: records.slice(0, range.limit), truncated: true };
    }
    return { records, truncated: false };
  }

  /** More than the limit only if there is more, so that it shows. */
  async #ofHour(atMs: number, range: QuarantineRange): Promise<QuarantinedRecord[]> {
    const records: QuarantinedRecord[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await this.#page(atMs, range, start);
      for (const row of page.Items ?? []) records.push(...this.#understood(row));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && records.length <= range.limit);
    return records;
  }

  #page(atMs: number, range: QuarantineRange, start: Record<string, AttributeValue> | undefined) {
    return fromStore('quarantine', () =>
      this.options.dynamo.send(
        new QueryCommand({
          TableName: this.options.table,
          KeyConditionExpression: '#hour = :hour AND arrival >= :since',
          ProjectionExpression: 'arrival, reason, clause, cameraId',
          ExpressionAttributeNames: { '#hour': 'hour' },
          ExpressionAttributeValues: {
            ':hour': { S: new Date(atMs).toISOString().slice(0, 13) },
            ':since': { S: String(range.sinceMs).padStart(13, '0') },
          },
          ScanIndexForward: false,
          Limit: range.limit + 1,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      ),
    );
  }

  #understood(row: Record<string, AttributeValue>): readonly QuarantinedRecord[] {
    const record = recordOf(row);
    if (record === undefined) this.options.onMalformed(new StoreError('malformed', 'quarantine'));
    return record === undefined ? [] : [record];
  }
}

function hourStart(atMs: number): number {
  return Math.floor(atMs / hourMs) * hourMs;
}

function recordOf(row: Record<string, AttributeValue>): QuarantinedRecord | undefined {
  const { arrival, reason, clause, cameraId } = row;
  const arrivedAt = /^\d{13}(?=#)/.exec(arrival?.S ?? '')?.[0];
  if (arrivedAt === undefined || !reason?.S || !clause?.S || !cameraId?.S) return undefined;
  return {
    arrivedAt: new Date(Number(arrivedAt)).toISOString(),
    reason: reason.S,
    clause: clause.S,
    cameraId: cameraId.S,
  };
}
