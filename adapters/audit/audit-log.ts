import { randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type AuditEvent, parseEvent } from '../../core/audit/event';
import { commitmentKeyBytes } from '../../core/audit/log/commitment';
import type { AuditLog, OnceAuditLog } from '../../core/audit/ports';
import { AuditUnavailable } from '../../core/audit/unavailable';
import { isRedacted } from './audit-reader';
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
export class StoredAuditLog implements AuditLog, OnceAuditLog {
  constructor(readonly options: AuditLogOptions) {}

  append(event: AuditEvent): Promise<void> {
    const text = JSON.stringify(event);
    return this.#put(event, text, (standing) => standing === text);
  }

  appendOnce(event: AuditEvent): Promise<void> {
    return this.#put(event, JSON.stringify(event), (standing) => isAnotherTelling(standing, event));
  }

  async #put(event: AuditEvent, text: string, isStored: (standing: string) => boolean): Promise<void> {
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
      if (cause instanceof ConditionalCheckFailedException) {
        const standing = cause.Item ?? {};
        // What was redacted since was stored before.
        if (isRedacted(standing) || isStored(standing.event?.S ?? '')) return;
      }
      throw new AuditUnavailable({ cause });
    }
  }
}

function isAnotherTelling(standing: string, { kind, eventId, atMs }: AuditEvent): boolean {
  try {
    const event = parseEvent(JSON.parse(standing));
    return event.kind === kind && event.eventId === eventId && event.atMs === atMs;
  } catch {
    return false;
  }
}

function hourOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 13);
}

function sortKeyOf(event: AuditEvent): string {
  return `${String(event.atMs).padStart(13, '0')}#${event.eventId}`;
}
