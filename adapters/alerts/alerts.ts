import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { Alert } from '../../core/alerts/alert';
import { matchGrades } from '../../core/hot-list/index-of-entries';
import { parsePlate } from '../../core/plate/plate';
import { type CaptureDay, captureDay, forgottenAtMs } from '../../core/retention/day';
import type { DayKeys } from '../../core/retention/ports';
import { whileKept } from '../../core/retention/while-kept';
import { fromStore, StoreError } from '../stores/store-error';

export interface AlertsStoreOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly dayKeys: DayKeys;
  readonly retentionDays: number;
}

const content = z.strictObject({
  alertId: z.uuid(),
  entryId: z.uuid(),
  readId: z.uuid(),
  state: z.literal('open'),
  grade: z.enum(matchGrades),
  plate: z.string().transform((text, context) => {
    const plate = parsePlate(text);
    if (plate !== undefined) return plate;
    context.addIssue({ code: 'custom', message: 'is not a plate' });
    return z.NEVER;
  }),
  issuingState: z.string().optional(),
  cameraId: z.string(),
  network: z.string(),
  capturedAtMs: z.number(),
  position: z.strictObject({ latitude: z.number(), longitude: z.number() }),
  confidence: z.number(),
  raisedAtMs: z.number(),
});

/** The table Alerts: what an alert says of a vehicle is sealed under its read's capture day, and goes with it. */
export class AlertsStore {
  constructor(readonly options: AlertsStoreOptions) {}

  /** `known`: this read and entry have alerted already; nothing is changed. */
  async raise(alert: Alert): Promise<'raised' | 'known' | 'forgotten'> {
    const day = captureDay(alert.capturedAtMs);
    const key = await this.options.dayKeys.forWriting(day);
    const sealed = whileKept(() =>
      key?.seal(Buffer.from(JSON.stringify(alert), 'utf8'), contextOf(day, alert.alertId)),
    );
    if (sealed === undefined) return 'forgotten';
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
        }),
      );
      return 'raised';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'known';
      return fromStore('alerts', () => Promise.reject(error));
    }
  }

  /** Alerts of one capture day since a moment, newest first, at most `limit`; those of other networks stay sealed. */
  async since(
    day: CaptureDay,
    query: { readonly sinceMs: number; readonly networks: readonly string[]; readonly limit: number },
  ): Promise<readonly Alert[]> {
    const key = await this.options.dayKeys.forReading(day);
    if (key === undefined) return [];
    const alerts: Alert[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await this.#page(day, query.sinceMs, start);
      for (const item of page.Items ?? []) {
        if (alerts.length >= query.limit) return alerts;
        if (!query.networks.includes(item.network?.S ?? '')) continue;
        const { alertId, sealed } = sealedOf(item);
        const bytes = whileKept(() => key.open(sealed, contextOf(day, alertId)));
        if (bytes !== undefined) alerts.push(alertOf(bytes));
      }
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return alerts;
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

function sealedOf(item: Record<string, AttributeValue>): { alertId: string; sealed: Uint8Array } {
  const alertId = item.alertId?.S;
  const sealed = item.sealed?.B;
  if (alertId === undefined || sealed === undefined) throw new StoreError('malformed', 'alerts');
  return { alertId, sealed };
}

function alertOf(bytes: Uint8Array): Alert {
  try {
    return content.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))) as Alert;
  } catch (cause) {
    throw new StoreError('malformed', 'alerts', { cause });
  }
}

function contextOf(day: CaptureDay, alertId: string): string {
  return `alert|${day}|${alertId}`;
}
