import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Alert, Sighting } from '../../core/alerts/alert';
import { type AlertRecord, seenFrom, trailMax } from '../../core/alerts/alert-record';
import type { AlertPage, AlertQuery, Alerts, HitRecords } from '../../core/alerts/ports';
import { type CaptureDay, captureDay, forgottenAtMs } from '../../core/retention/day';
import type { DayKeys } from '../../core/retention/ports';
import { fromStore } from '../stores/store-error';
import { type AlertRow, contextOf, openRow } from './alert-row';
import { sealPart } from './sealed-part';

export interface AlertsStoreOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly dayKeys: DayKeys;
  readonly retentionDays: number;
}

/** The table Alerts: what an alert says of a vehicle is sealed under its reads' capture day, and goes with it. */
export class AlertsStore implements Alerts, Pick<HitRecords, 'raise' | 'sight'> {
  constructor(readonly options: AlertsStoreOptions) {}

  async raise(alert: Alert): Promise<'raised' | 'known' | 'forgotten'> {
    const day = captureDay(alert.capturedAtMs);
    const key = await this.options.dayKeys.forWriting(day);
    const sealed = sealPart(key, alert, contextOf(day, alert.alertId));
    if (sealed === undefined) return 'forgotten';
    const put = new PutItemCommand({
      TableName: this.options.table,
      Item: {
        alertId: { S: alert.alertId },
        day: { S: day },
        raisedAtMs: { N: String(alert.raisedAtMs) },
        networks: { SS: [alert.network] },
        state: { S: alert.state },
        sealed: { B: sealed },
        trail: { M: {} },
        notifications: { M: {} },
        expiresAt: { N: String(forgottenAtMs(day, this.options.retentionDays) / 1000) },
      },
      ConditionExpression: 'attribute_not_exists(alertId)',
    });
    return (await this.#unlessRefused(() => this.options.dynamo.send(put))) === 'done' ? 'raised' : 'known';
  }

  /** Each sighting is a field of its own, so that two functions at once lose none, and stands under its read's id. */
  async sight(alert: Alert, sighting: Sighting): Promise<'stored' | 'known' | 'full' | 'forgotten'> {
    const day = captureDay(alert.capturedAtMs);
    const key = await this.options.dayKeys.forWriting(day);
    const { readId } = sighting;
    const sealed = sealPart(key, sighting, contextOf(day, alert.alertId, `trail|${readId}`));
    if (sealed === undefined) return 'forgotten';
    const update = new UpdateItemCommand({
      TableName: this.options.table,
      Key: { alertId: { S: alert.alertId } },
      UpdateExpression: 'SET trail.#readId = :sealed ADD networks :networks',
      ConditionExpression: 'attribute_not_exists(trail.#readId) AND size(trail) < :max',
      ExpressionAttributeNames: { '#readId': readId },
      ExpressionAttributeValues: {
        ':sealed': { B: sealed },
        ':networks': { SS: [sighting.network] },
        ':max': { N: String(trailMax) },
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const outcome = await this.#unlessRefused(() => this.options.dynamo.send(update));
    if (outcome === 'done') return 'stored';
    return outcome.trail?.M?.[readId] === undefined ? 'full' : 'known';
  }

  /**
   * As seen from the networks of the query. The day's key is asked for only when there is an alert to open, so that
   * days without any cost one query.
   */
  async since(day: CaptureDay, query: AlertQuery): Promise<AlertPage> {
    const alerts: AlertRecord[] = [];
    let unreadable = 0;
    let start: AlertRow | undefined;
    do {
      const page = await this.#page(day, query.sinceMs, start);
      const rows = (page.Items ?? []).filter((row) => isIn(row, query.networks));
      const key = rows.length === 0 ? undefined : await this.options.dayKeys.forReading(day);
      for (const row of key === undefined ? [] : rows) {
        if (alerts.length >= query.limit) return { alerts, unreadable };
        const record = key && openRow(key, row);
        // The row's networks are in clear, so they are believed only as far as the seals agree.
        const seen = typeof record === 'object' ? seenFrom(record, query.networks) : undefined;
        if (record === 'unreadable') unreadable++;
        else if (seen !== undefined) alerts.push(seen);
      }
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return { alerts, unreadable };
  }

  #page(day: CaptureDay, sinceMs: number, start: AlertRow | undefined) {
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

  /** The row that stands where the condition did not hold, as far as the command asked for it. */
  async #unlessRefused(call: () => Promise<unknown>): Promise<'done' | AlertRow> {
    try {
      await call();
      return 'done';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return error.Item ?? {};
      return fromStore('alerts', () => Promise.reject(error));
    }
  }
}

function isIn(row: Record<string, AttributeValue>, networks: readonly string[]): boolean {
  return (row.networks?.SS ?? []).some((network) => networks.includes(network));
}
