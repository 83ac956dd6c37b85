import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { type Entry, isActive } from '../../core/hot-list/entry';
import type { ListedVehicle } from '../../core/hot-list/listed-vehicle';
import { listedVehicleOf } from '../../core/hot-list/listed-vehicle-of';
import type { HotLists } from '../../core/hot-list/lists';
import type { HotList } from '../../core/hot-list/ports';
import { fromStore, StoreError } from '../stores/store-error';
import { parseEntry } from './entry-row';
import { hotListPartition, raiseVersion, versionKey } from './version';

/** An entry is kept this long after its end, for the audit that follows it. */
const keptAfterEndMs = 400 * 86_400_000;

export interface HotListOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  /** Told of each row that cannot be understood; the cause may hold what the row says, so only names and codes are logged. */
  readonly onMalformed: (error: StoreError) => void;
}

/**
 * The table HotList: one partition of entries and their version, so that one query reads one consistent list. A row that
 * cannot be understood counts as absent, so that one bad row stops the alerts of one entry and not of all.
 */
export class StoredHotList implements HotList, Pick<HotLists, 'version' | 'customEntries' | 'confirmCustom'> {
  constructor(readonly options: HotListOptions) {}

  async version(): Promise<number> {
    const { Item } = await this.#get(versionKey);
    return Number(Item?.version?.N ?? 0);
  }

  async list(): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await fromStore('hot list', () =>
        this.options.dynamo.send(
          new QueryCommand({
            TableName: this.options.table,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :entry)',
            ExpressionAttributeValues: { ':pk': hotListPartition, ':entry': { S: 'ENTRY#' } },
            ConsistentRead: true,
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        ),
      );
      for (const item of page.Items ?? []) entries.push(...this.#understood(item));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return entries;
  }

  async find(entryId: string): Promise<Entry | undefined> {
    const { Item } = await this.#get(entryKey(entryId));
    return Item === undefined ? undefined : this.#understood(Item)[0];
  }

  customEntries(): Promise<readonly Entry[]> {
    return this.list();
  }

  async confirmCustom(entryId: string, nowMs: number): Promise<ListedVehicle | undefined> {
    const entry = await this.find(entryId);
    return entry !== undefined && isActive(entry, nowMs) ? listedVehicleOf(entry) : undefined;
  }

  /** The entry and the version change together, so no reader holds a list that its version does not name. */
  async store(entry: Entry): Promise<'stored' | 'conflict'> {
    const put = {
      TableName: this.options.table,
      Item: {
        ...entryKey(entry.entryId),
        revision: { N: String(entry.revision) },
        entry: { S: JSON.stringify(entry) },
        expiresAt: { N: String(Math.floor((entry.expiresAtMs + keptAfterEndMs) / 1000)) },
      },
      ...(entry.revision === 1
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :before',
            ExpressionAttributeValues: { ':before': { N: String(entry.revision - 1) } },
          }),
    };
    try {
      await this.options.dynamo.send(
        new TransactWriteItemsCommand({ TransactItems: [{ Put: put }, raiseVersion(this.options.table)] }),
      );
      return 'stored';
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      return fromStore('hot list', () => Promise.reject(error));
    }
  }

  #understood(item: Record<string, AttributeValue>): readonly Entry[] {
    try {
      return [parseEntry(item.entry?.S ?? '')];
    } catch (cause) {
      this.options.onMalformed(new StoreError('malformed', 'hot list', { cause }));
      return [];
    }
  }

  #get(key: Record<string, AttributeValue>) {
    return fromStore('hot list', () =>
      this.options.dynamo.send(
        new GetItemCommand({ TableName: this.options.table, Key: key, ConsistentRead: true }),
      ),
    );
  }
}

function entryKey(entryId: string): Record<string, AttributeValue> {
  return { pk: hotListPartition, sk: { S: `ENTRY#${entryId}` } };
}

function isConflict(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some((reason) =>
      ['ConditionalCheckFailed', 'TransactionConflict'].includes(reason.Code ?? ''),
    )
  );
}
