import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { AlertRecord } from '../../core/alerts/alert-record';
import type { AlertRecords } from '../../core/alerts/ports';
import { parseCaptureDay } from '../../core/retention/day';
import type { DayKeys } from '../../core/retention/ports';
import { fromStore, StoreError } from '../stores/store-error';
import { openRow } from './alert-row';

/** Single rows of the table Alerts. */
export class StoredAlertRecords implements AlertRecords {
  constructor(
    readonly options: {
      readonly dynamo: DynamoDBClient;
      readonly table: string;
      readonly dayKeys: Pick<DayKeys, 'forReading'>;
    },
  ) {}

  /** Strongly consistent. Throws `StoreError` `malformed` for a row that was altered. */
  async find(alertId: string): Promise<AlertRecord | undefined> {
    const { Item: row } = await fromStore('alerts', () =>
      this.options.dynamo.send(
        new GetItemCommand({
          TableName: this.options.table,
          Key: { alertId: { S: alertId } },
          ConsistentRead: true,
        }),
      ),
    );
    if (row === undefined) return undefined;
    const day = parseCaptureDay(row.day?.S ?? '');
    if (day === undefined) throw new StoreError('malformed', 'alerts');
    const key = await this.options.dayKeys.forReading(day);
    const record = key && openRow(key, row);
    if (record === 'unreadable') throw new StoreError('malformed', 'alerts');
    return record;
  }
}
