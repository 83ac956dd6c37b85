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

/** Reads the facts of what was refused, newest first; never the sealed content. */
export class QuarantineReader {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  async list(range: QuarantineRange): Promise<{ records: readonly QuarantinedRecord[]; truncated: boolean }> {
    const records: QuarantinedRecord[] = [];
    for (let atMs = range.nowMs; hourStart(atMs) + hourMs > range.sinceMs; atMs -= hourMs) {
      records.push(...(await this.#ofHour(atMs, range)));
      if (records.length > range.limit) return { records: records.slice(0, range.limit), truncated: true };
    }
    return { records, truncated: false };
  }

  /** One more than the limit at most, so that it shows whether there is more. */
  async #ofHour(atMs: number, range: QuarantineRange): Promise<QuarantinedRecord[]> {
    const { Items = [] } = await fromStore('quarantine', () =>
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
        }),
      ),
    );
    return Items.map(recordOf);
  }
}

function hourStart(atMs: number): number {
  return Math.floor(atMs / hourMs) * hourMs;
}

function recordOf(row: Record<string, AttributeValue>): QuarantinedRecord {
  const { arrival, reason, clause, cameraId } = row;
  const arrivedAtMs = Number(arrival?.S?.slice(0, 13));
  if (!Number.isFinite(arrivedAtMs) || !reason?.S || !clause?.S || !cameraId?.S)
    throw new StoreError('malformed', 'quarantine');
  return {
    arrivedAt: new Date(arrivedAtMs).toISOString(),
    reason: reason.S,
    clause: clause.S,
    cameraId: cameraId.S,
  };
}
