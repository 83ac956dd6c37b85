import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { commitmentKeyBytes } from '../../core/audit/log/commitment';
import type { EventKey } from '../../core/audit/log/head';
import type { SealedRow, SealedRows } from '../../core/audit/log/sealed-row';
import { fromStore, StoreError } from '../stores/store-error';

const store = 'audit events';

/** The index of the table AuditEvents that finds a sealed event by its place: partition key `logIndex`. */
export const placeIndex = 'by-place';

export interface SealedEventRowsOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
}

/** Rows of the table AuditEvents by their place in the log: found by the index, read from the table itself. */
export class SealedEventRows implements SealedRows {
  constructor(readonly options: SealedEventRowsOptions) {}

  async find(logIndex: number): Promise<SealedRow | undefined> {
    const { dynamo, table } = this.options;
    const { Items = [] } = await fromStore(store, () =>
      dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: placeIndex,
          KeyConditionExpression: '#index = :index',
          ExpressionAttributeNames: { '#index': 'logIndex' },
          ExpressionAttributeValues: { ':index': { N: String(logIndex) } },
          Limit: 2,
        }),
      ),
    );
    const [first, second] = Items;
    // Two rows that claim one place: neither is to be trusted.
    if (second !== undefined) throw new StoreError('malformed', store);
    return first === undefined ? undefined : this.#read(keyOf(first), logIndex);
  }

  async empty({ key, logIndex }: SealedRow, leaf: Uint8Array): Promise<void> {
    const { dynamo, table } = this.options;
    await fromStore(store, () =>
      dynamo.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { hour: { S: key.hour }, at: { S: key.at } },
          UpdateExpression: 'SET #leaf = :leaf REMOVE #event, #key',
          ConditionExpression: '#index = :index AND attribute_not_exists(#unsealed)',
          ExpressionAttributeNames: {
            '#leaf': 'leaf',
            '#event': 'event',
            '#key': 'commitmentKey',
            '#index': 'logIndex',
            '#unsealed': 'unsealed',
          },
          ExpressionAttributeValues: { ':leaf': { B: leaf }, ':index': { N: String(logIndex) } },
        }),
      ),
    );
  }

  async #read({ hour, at }: EventKey, logIndex: number): Promise<SealedRow | undefined> {
    const { dynamo, table } = this.options;
    const { Item } = await fromStore(store, () =>
      dynamo.send(
        new GetItemCommand({
          TableName: table,
          Key: { hour: { S: hour }, at: { S: at } },
          ConsistentRead: true,
        }),
      ),
    );
    if (Item === undefined || Item.logIndex?.N !== String(logIndex)) return undefined;
    const [event, commitmentKey, leaf] = [Item.event?.S, Item.commitmentKey?.B, Item.leaf?.B];
    const isOpen = event !== undefined && commitmentKey?.length === commitmentKeyBytes;
    return {
      key: { hour, at },
      logIndex,
      ...(isOpen ? { opening: { event, commitmentKey } } : {}),
      ...(leaf === undefined ? {} : { leaf }),
    };
  }
}

function keyOf(row: Readonly<Record<string, AttributeValue>>): EventKey {
  if (row.hour?.S === undefined || row.at?.S === undefined) throw new StoreError('malformed', store);
  return { hour: row.hour.S, at: row.at.S };
}
