import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { Alert } from '../../core/alerts/alert';
import type { AlertPage, AlertQuery, Alerts } from '../../core/alerts/ports';
import { type CaptureDay, captureDay, forgottenAtMs } from '../../core/retention/day';
import type { DayKeys } from '../../core/retention/ports';
import { whileKept } from '../../core/retention/while-kept';
import { fromStore, StoreError } from '../stores/store-error';
import { contextOf, openRow } from './alert-row';

export interface AlertsStoreOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly dayKeys: DayKeys;
  readonly retentionDays: number;
}

/** `known`: this read and entry have alerted before, at that time; nothing is changed. */
export type Raised =
  | { readonly kind: 'raised' | 'known'; readonly raisedAtMs: number }
  | { readonly kind: 'forgotten' };

/** The table Alerts: what an alert says of a vehicle is sealed under its read's capture day, and goes with it. */
export class AlertsStore implements Alerts {
  constructor(readonly options: AlertsStoreOptions) {}

  async raise(alert: Alert): Promise<Raised> {
    const day = captureDay(alert.capturedAtMs);
    const key = await this.options.dayKeys.forWriting(day);
    const sealed = whileKept(() =>
      key?.seal(Buffer.from(JSON.stringify(alert), 'utf8'), contextOf(day, alert.alertId)),
    );
    if (sealed === undefined) return { kind: 'forgotten' };
    try {
      await this.options.dynamo.send(
        new PutItemCommand({
          TableName: this.options.table,
          Item: {
            alertId: { S: alert.alertId },
            day: { S: day },
            raisedAtMs: { N: String(alert.raisedAtMs) },
            network: { S: alert.network },
            state: { S: alert.state },
            sealed: { B: sealed },
            expiresAt: { N: String(forgottenAtMs(day, this.options.retentionDays) / 1000) },
          },
          ConditionExpression: 'attribute_not_exists(alertId)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { kind: 'raised', raisedAtMs: alert.raisedAtMs };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException)
        return { kind: 'known', raisedAtMs: raisedAtOf(error.Item) };
      return fromStore('alerts', () => Promise.reject(error));
    }
  }

  /** The day's key is asked for only when there is an alert to open, so that days without any cost one query. */
  async since(day: CaptureDay, query: AlertQuery): Promise<AlertPage> {
    const alerts: Alert[] = [];
    let unreadable = 0;
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await this.#page(day, query.sinceMs, start);
      const rows = (page.Items ?? []).filter((item) => query.networks.includes(item.network?.S ?? ''));
      const key = rows.length === 0 ? undefined : await this.options.dayKeys.forReading(day);
      for (const row of key === undefined ? [] : rows) {
        if (alerts.length >= query.limit) return { alerts, unreadable };
        const record = key && openRow(key, row);
        if (record === 'unreadable') unreadable++;
        // The row's network is in clear, so it is believed only as far as the seal agrees.
        else if (record && query.networks.includes(record.alert.network)) alerts.push(record.alert);
      }
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return { alerts, unreadable };
  }

  #page(day: CaptureDay, sinceMs: number, start: Record<string, AttributeValue> | undefined) {
    return fromStore('alerts', () =>
      this.options.dynamo.send(
        new QueryCommand({
          TableName: this.options.table,
          IndexName: 'by-day',
          KeyConditionExpression: '#day = :day AND raisedAtMs >= :since',
          ExpressionAttributeNames: { '#day': 'day' },
          ExpressionAttributeValues: { ':day': { S: day }, ':since': { N: String(sinceMs) } },
          ScanIndexForward: false,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      ),
    );
  }
}

function raisedAtOf(row: Record<string, AttributeValue> | undefined): number {
  const raisedAtMs = Number(row?.raisedAtMs?.N ?? Number.NaN);
  if (!Number.isSafeInteger(raisedAtMs)) throw new StoreError('malformed', 'alerts');
  return raisedAtMs;
}
