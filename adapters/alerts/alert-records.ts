import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AlertRecord, Disposition, Verification } from '../../core/alerts/life-cycle';
import type { AlertRecords, Stored } from '../../core/alerts/ports';
import { captureDay, parseCaptureDay } from '../../core/retention/day';
import type { DayKeys } from '../../core/retention/ports';
import { whileKept } from '../../core/retention/while-kept';
import { fromStore, StoreError } from '../stores/store-error';
import { contextOf, openRow, type SealedPart } from './alert-row';

/** Single rows of the table Alerts: what a user said of a vehicle is sealed like the alert itself, under its day. */
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

  storeVerification(record: AlertRecord, verification: Verification): Promise<Stored> {
    return this.#store(record, 'verification', {
      content: verification,
      condition: 'attribute_exists(alertId) AND attribute_not_exists(verification)',
      state: verification.outcome,
    });
  }

  storeDisposition(record: AlertRecord, disposition: Disposition): Promise<Stored> {
    return this.#store(record, 'disposition', {
      content: disposition,
      condition: 'attribute_exists(verification) AND attribute_not_exists(disposition)',
    });
  }

  /**
   * One conditional update: of two users at once the first one stands. A put that was stored but reported failed, and
   * was repeated by the client, finds itself and counts as stored.
   */
  async #store(
    { alert }: AlertRecord,
    part: Exclude<SealedPart, 'sealed'>,
    change: { readonly content: object; readonly condition: string; readonly state?: string },
  ): Promise<Stored> {
    const day = captureDay(alert.capturedAtMs);
    const key = await this.options.dayKeys.forReading(day);
    const bytes = Buffer.from(JSON.stringify(change.content), 'utf8');
    const sealed = whileKept(() => key?.seal(bytes, contextOf(day, alert.alertId, part)));
    if (sealed === undefined) return 'forgotten';
    const state = change.state;
    try {
      await this.options.dynamo.send(
        new UpdateItemCommand({
          TableName: this.options.table,
          Key: { alertId: { S: alert.alertId } },
          UpdateExpression: `SET #part = :sealed${state === undefined ? '' : ', #state = :state'}`,
          ConditionExpression: change.condition,
          ExpressionAttributeNames: { '#part': part, ...(state === undefined ? {} : { '#state': 'state' }) },
          ExpressionAttributeValues: {
            ':sealed': { B: sealed },
            ...(state === undefined ? {} : { ':state': { S: state } }),
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return 'stored';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException))
        return fromStore('alerts', () => Promise.reject(error));
      const standing = error.Item?.[part]?.B;
      return standing !== undefined && Buffer.from(standing).equals(sealed) ? 'stored' : 'too-late';
    }
  }
}
