import { type DynamoDBClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { type AuditEvent, parseEvent } from '../../core/audit/event';
import type { ShownReads } from '../../core/evidence/ports';
import { fromStore } from '../stores/store-error';

const hourMs = 3_600_000;

/** Evidence is taken within a shift of having seen the read; later it is searched again, with its reason. */
const shownWithinHours = 12;

export interface AuditedShownReadsOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
}

/**
 * Which reads somebody was shown, by the audit log itself: answers and sent alerts are durable before they leave, so no
 * second record can disagree with it. The table passes only rows that speak of the read; an event that cannot be read
 * shows nothing.
 */
export class AuditedShownReads implements ShownReads {
  constructor(readonly options: AuditedShownReadsOptions) {}

  async wasShown(who: { username: string; readId: string; nowMs: number }): Promise<boolean> {
    const { nowMs } = who;
    for (let hour = 0; hour <= shownWithinHours; hour++)
      for await (const event of this.#eventsOf(nowMs - hour * hourMs, who.readId))
        if (event.atMs > nowMs - shownWithinHours * hourMs && isShown(event, who)) return true;
    return false;
  }

  async *#eventsOf(atMs: number, readId: string): AsyncGenerator<AuditEvent> {
    const { dynamo, table } = this.options;
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page = await fromStore('audit events', () =>
        dynamo.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: '#hour = :hour',
            FilterExpression: 'contains(#event, :read)',
            ProjectionExpression: '#event',
            ExpressionAttributeNames: { '#hour': 'hour', '#event': 'event' },
            ExpressionAttributeValues: {
              ':hour': { S: new Date(atMs).toISOString().slice(0, 13) },
              ':read': { S: readId },
            },
            ConsistentRead: true,
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        ),
      );
      for (const row of page.Items ?? []) {
        const event = eventOf(row.event?.S ?? '');
        if (event !== undefined) yield event;
      }
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
}

function isShown(event: AuditEvent, { username, readId }: { username: string; readId: string }): boolean {
  if (event.actor.kind !== 'person' || event.actor.username !== username) return false;
  switch (event.kind) {
    case 'answered':
      return event.resultIds.includes(readId);
    case 'image-fetched':
    case 'alert-sent':
      return event.readId === readId;
    default:
      return false;
  }
}

function eventOf(text: string): AuditEvent | undefined {
  try {
    return parseEvent(JSON.parse(text));
  } catch {
    return undefined;
  }
}
