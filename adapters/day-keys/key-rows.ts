import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { CaptureDay } from '../../core/retention/day';
import { fromStore } from '../stores/store-error';

/** A row of the table DayKeys: with a wrapped key, or, once the day is forgotten, without: a tombstone. */
export interface KeyRow {
  readonly wrappedKey?: Uint8Array;
}

/** The table DayKeys, read and made; it is never scanned. */
export class KeyRows {
  constructor(
    readonly dynamo: DynamoDBClient,
    readonly table: string,
  ) {}

  async get(day: CaptureDay): Promise<KeyRow | undefined> {
    const { Item } = await fromStore('day keys', () =>
      this.dynamo.send(
        new GetItemCommand({ TableName: this.table, Key: { day: { S: day } }, ConsistentRead: true }),
      ),
    );
    if (Item === undefined) return undefined;
    return Item.wrappedKey?.B === undefined ? {} : { wrappedKey: Item.wrappedKey.B };
  }

  /** Whether this row is the one that stands now; `false`: the day had one, key or tombstone. */
  async putIfAbsent(day: CaptureDay, wrappedKey: Uint8Array, createdAtMs: number): Promise<boolean> {
    try {
      await this.dynamo.send(
        new PutItemCommand({
          TableName: this.table,
          Item: { day: { S: day }, wrappedKey: { B: wrappedKey }, createdAtMs: { N: String(createdAtMs) } },
          ConditionExpression: 'attribute_not_exists(#day)',
          ExpressionAttributeNames: { '#day': 'day' },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      return fromStore('day keys', () => Promise.reject(error));
    }
  }
}
