import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type AuditEvent, parseEvent } from '../../core/audit/event';
import { captureHour } from '../../core/retention/day';
import { fromStore, StoreError } from '../stores/store-error';

/** Where to look for an event whose time and id are made of what it says. */
export interface EventPlace {
  readonly atMs: number;
  readonly eventId: string;
}

/** Finds events by their key (table AuditEvents), strongly consistent: what is not found was not recorded. */
export class KnownEvents {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  /** Throws `StoreError`, `malformed` for a row that is no event. */
  async find({ atMs, eventId }: EventPlace): Promise<AuditEvent | undefined> {
    const at = `${String(atMs).padStart(13, '0')}#${eventId}`;
    const { Item } = await fromStore('audit events', () =>
      this.options.dynamo.send(
        new GetItemCommand({
          TableName: this.options.table,
          Key: { hour: { S: captureHour(atMs) }, at: { S: at } },
          ConsistentRead: true,
        }),
      ),
    );
    if (Item === undefined) return undefined;
    try {
      return parseEvent(JSON.parse(Item.event?.S ?? ''));
    } catch (cause) {
      throw new StoreError('malformed', 'audit events', { cause });
    }
  }
}
