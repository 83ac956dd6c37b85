import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { LiveCaller, Tickets } from '../../core/alerts/ports';
import { fromStore, StoreError } from '../stores/store-error';
import { liveCallerOf, liveCallerRow } from './live-caller-row';

const tokenBytes = 32;
const lifetimeMs = 30_000;

/** The table Tickets: rows under the hash of their token, so that reading the table opens no connection. */
export class StoredTickets implements Tickets {
  constructor(
    readonly options: {
      readonly dynamo: DynamoDBClient;
      readonly table: string;
      readonly now: () => number;
      readonly randomBytes: (size: number) => Uint8Array;
    },
  ) {}

  async issue(holder: LiveCaller) {
    const ticket = Buffer.from(this.options.randomBytes(tokenBytes)).toString('base64url');
    const expiresAtMs = this.options.now() + lifetimeMs;
    await fromStore('tickets', () =>
      this.options.dynamo.send(
        new PutItemCommand({
          TableName: this.options.table,
          Item: {
            ticketId: { S: ticketIdOf(ticket) },
            ...liveCallerRow(holder),
            expiresAtMs: { N: String(expiresAtMs) },
            expiresAt: { N: String(Math.ceil(expiresAtMs / 1000)) },
          },
        }),
      ),
    );
    return { ticket, expiresAtMs };
  }

  /** A conditional delete uses the ticket up; its time is checked here, because TTL deletes late. */
  async take(ticket: string): Promise<LiveCaller | undefined> {
    try {
      const { Attributes } = await this.options.dynamo.send(
        new DeleteItemCommand({
          TableName: this.options.table,
          Key: { ticketId: { S: ticketIdOf(ticket) } },
          ConditionExpression: 'expiresAtMs > :now',
          ExpressionAttributeValues: { ':now': { N: String(this.options.now()) } },
          ReturnValues: 'ALL_OLD',
        }),
      );
      const holder = Attributes && liveCallerOf(Attributes);
      if (holder === undefined) throw new StoreError('malformed', 'tickets');
      return holder;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      return fromStore('tickets', () => Promise.reject(error));
    }
  }
}

function ticketIdOf(ticket: string): string {
  return createHash('sha256').update(ticket, 'utf8').digest('base64url');
}
