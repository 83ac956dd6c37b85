import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { WaitingAlerts } from '../../core/alerts/ports';
import type { CaptureDay } from '../../core/retention/day';
import { fromStore, StoreError } from '../stores/store-error';
import type { AlertRow } from './alert-row';

/**
 * Open alerts by the index of their day, by what stands in clear. An alert is marked before anybody is told, and leaves
 * the waiting ones after: whoever dies between is repeated by the next minute.
 */
export class StoredWaitingAlerts implements WaitingAlerts {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  async waiting(day: CaptureDay, raisedBeforeMs: number, limit: number): Promise<readonly string[]> {
    const found: string[] = [];
    let start: AlertRow | undefined;
    do {
      const page = await this.#page(day, raisedBeforeMs, start);
      found.push(...(page.Items ?? []).flatMap(({ alertId }) => alertId?.S ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && found.length < limit);
    return found.slice(0, limit);
  }

  #page(day: CaptureDay, raisedBeforeMs: number, start: AlertRow | undefined) {
    return fromStore('alerts', () =>
      this.options.dynamo.send(
        new QueryCommand({
          TableName: this.options.table,
          IndexName: 'by-day',
          KeyConditionExpression: '#day = :day AND raisedAtMs < :before',
          FilterExpression: '#state = :open AND attribute_not_exists(escalationToldAtMs)',
          ProjectionExpression: 'alertId',
          ExpressionAttributeNames: { '#day': 'day', '#state': 'state' },
          ExpressionAttributeValues: {
            ':day': { S: day },
            ':before': { N: String(raisedBeforeMs) },
            ':open': { S: 'open' },
          },
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      ),
    );
  }

  async markEscalated(alertId: string, nowMs: number): Promise<number | undefined> {
    const row = await this.#update(alertId, 'SET escalatedAtMs = if_not_exists(escalatedAtMs, :now)', nowMs);
    if (row === undefined) return undefined;
    const escalatedAtMs = Number(row.escalatedAtMs?.N ?? Number.NaN);
    if (!Number.isSafeInteger(escalatedAtMs)) throw new StoreError('malformed', 'alerts');
    return escalatedAtMs;
  }

  async closeEscalation(alertId: string, nowMs: number): Promise<void> {
    await this.#update(alertId, 'SET escalationToldAtMs = :now', nowMs);
  }

  /** `undefined`: somebody took the alert on meanwhile, or supervisors were told already. */
  async #update(alertId: string, UpdateExpression: string, nowMs: number): Promise<AlertRow | undefined> {
    try {
      const { Attributes } = await this.options.dynamo.send(
        new UpdateItemCommand({
          TableName: this.options.table,
          Key: { alertId: { S: alertId } },
          UpdateExpression,
          ConditionExpression: '#state = :open AND attribute_not_exists(escalationToldAtMs)',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':now': { N: String(nowMs) }, ':open': { S: 'open' } },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes ?? {};
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      return fromStore('alerts', () => Promise.reject(error));
    }
  }
}
