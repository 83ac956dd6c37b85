import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { ListRecord } from '../../core/hot-list/outside/list-record';
import type { ListRecords } from '../../core/hot-list/outside/ports';
import { hotListPartition, raiseVersion } from '../hot-list/version';
import { fromStore, StoreError } from '../stores/store-error';

const count = z.int().nonnegative();

const inForce = z.strictObject({
  deliveryId: z.string(),
  list: z.string(),
  listName: z.string(),
  listVersion: z.string(),
  deliveredAtMs: z.number(),
  switchedAtMs: z.number(),
  entries: count,
  rows: count,
  refusedRows: count,
  changes: z.strictObject({ added: count, removed: count, changed: count }),
  snapshotKey: z.string(),
  detailsKey: z.string(),
});

const held = z.strictObject({
  deliveryId: z.string(),
  upload: z.string(),
  arrivedAtMs: z.number(),
  entries: count,
  removed: count,
  isConfirmed: z.boolean(),
});

const stored = z.strictObject({
  list: z.string(),
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  revision: z.int().positive(),
  inForce: inForce.optional(),
  held: held.optional(),
});

/** The rows `LIST#<list>` of the table HotList, in the partition of its entries and their common version. */
export class StoredListRecords implements ListRecords {
  constructor(
    readonly options: {
      readonly dynamo: DynamoDBClient;
      readonly table: string;
      /** Told of each row that `all` leaves out: one damaged list must not stop the alerts of the others. */
      readonly onMalformed: (error: StoreError) => void;
    },
  ) {}

  async find(list: string): Promise<ListRecord | undefined> {
    const { Item } = await fromStore('hot list', () =>
      this.options.dynamo.send(
        new GetItemCommand({ TableName: this.options.table, Key: keyOf(list), ConsistentRead: true }),
      ),
    );
    return Item === undefined ? undefined : recordOf(Item);
  }

  /** All of them; a department has a handful, the configuration at most fifty. */
  async all(): Promise<readonly ListRecord[]> {
    const { Items = [] } = await fromStore('hot list', () =>
      this.options.dynamo.send(
        new QueryCommand({
          TableName: this.options.table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :list)',
          ExpressionAttributeValues: { ':pk': hotListPartition, ':list': { S: 'LIST#' } },
          ConsistentRead: true,
        }),
      ),
    );
    return Items.flatMap((item) => this.#understood(item));
  }

  #understood(item: Record<string, AttributeValue>): readonly ListRecord[] {
    try {
      return [recordOf(item)];
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.options.onMalformed(error);
      return [];
    }
  }

  async store(
    record: ListRecord,
    { switches }: { readonly switches: boolean },
  ): Promise<'stored' | 'conflict'> {
    const put = {
      TableName: this.options.table,
      Item: {
        ...keyOf(record.list),
        revision: { N: String(record.revision) },
        record: { S: JSON.stringify(record) },
      },
      ...(record.revision === 1
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :before',
            ExpressionAttributeValues: { ':before': { N: String(record.revision - 1) } },
          }),
    };
    try {
      if (switches)
        await this.options.dynamo.send(
          new TransactWriteItemsCommand({
            TransactItems: [{ Put: put }, raiseVersion(this.options.table)],
          }),
        );
      else await this.options.dynamo.send(new PutItemCommand(put));
      return 'stored';
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      return fromStore('hot list', () => Promise.reject(error));
    }
  }
}

function keyOf(list: string): Record<string, AttributeValue> {
  return { pk: hotListPartition, sk: { S: `LIST#${list}` } };
}

function recordOf(item: Record<string, AttributeValue>): ListRecord {
  try {
    return stored.parse(JSON.parse(item.record?.S ?? '')) as ListRecord;
  } catch (cause) {
    throw new StoreError('malformed', 'hot list', { cause });
  }
}

function isConflict(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code = '' }) =>
      ['ConditionalCheckFailed', 'TransactionConflict'].includes(Code),
    )
  );
}
