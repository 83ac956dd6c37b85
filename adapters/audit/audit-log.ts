import { randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AuditEvent } from '../../core/audit/event';
import { commitmentKeyBytes } from '../../core/audit/log/commitment';
import type { AuditLog } from '../../core/audit/ports';
import { AuditUnavailable } from '../../core/audit/unavailable';
import { waitingListOf } from './waiting-lists';

export interface AuditLogOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
}

/**
 * The table AuditEvents, written only by conditional puts: an event that stands is never overwritten. Rejects with
 * `AuditUnavailable` unless the event is known to be stored. A put that was stored but reported failed, and was then
 * repeated by the client, finds its own event and counts as stored. Each event gets a commitment key of its own and
 * waits in the index `unsealed` until the sealed log holds it.
 */
export class StoredAuditLog implements AuditLog {
  constructor(readonly options: AuditLogOptions) {}

  async append(event: AuditEvent): Promise<void> {
    const text = JSON.stringify(event);
    try {
      await this.options.dynamo.send(
        new PutItemCommand({
          TableName: this.options.table,
          Item: {
            hour: { S: hourOf(event.atMs) },
            at: { S: sortKeyOf(event) },
            event: { S: text },
            commitmentKey: { B: randomBytes(commitmentKeyBytes) },
            unsealed: { S: waitingListOf(event.eventId) },
          },
          ConditionExpression: 'attribute_not_exists(#at)',
          ExpressionAttributeNames: { '#at': 'at' },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
    } catch (cause) {
      if (cause instanceof ConditionalCheckFailedException && cause.Item?.event?.S === text) return;
      throw new AuditUnavailable({ cause });
    }
  }
}

function hourOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 13);
}

function sortKeyOf(event: AuditEvent): string {
  return `${String(event.atMs).padStart(13, '0')}#${event.eventId}`;
}
