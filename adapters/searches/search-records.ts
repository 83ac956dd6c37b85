import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { type CaptureDay, captureDay, dayMs, forgottenAtMs } from '../../core/retention/day';
import type { DayKeys } from '../../core/retention/ports';
import { whileKept } from '../../core/retention/while-kept';
import type {
  AnsweredRead,
  Cap,
  PageStart,
  SearchRecord,
  SearchRecords,
  StoredPage,
} from '../../core/search/ports';
import { fromStore, StoreError } from '../stores/store-error';
import {
  answersItem,
  answersOf,
  pageItem,
  pageName,
  pageOf,
  recordItem,
  recordOf,
  startItem,
  startName,
  startOf,
} from './search-rows';
import { countTogether, resultCounts } from './usage-counters';

export interface SearchRecordsOptions {
  readonly dynamo: DynamoDBClient;
  readonly usageTable: string;
  readonly searchesTable: string;
  readonly answersTable: string;
  readonly dayKeys: DayKeys;
  readonly retentionDays: number;
}

type Row = Record<string, AttributeValue>;

/** A page is good for so long. */
const pageLifetimeMs = 15 * 60_000;

/**
 * The tables Searches (what was asked) and SearchAnswers (which reads were answered, each day's under that day's key,
 * and where the next page begins, under the key of the day it begins on).
 */
export class StoredSearchRecords implements SearchRecords {
  constructor(readonly options: SearchRecordsOptions) {}

  /** Throws `StoreError` when it cannot be stored, or the store cannot say. */
  async storePage(
    stored: Parameters<SearchRecords['storePage']>[0],
  ): Promise<'stored' | 'stored-before' | Cap> {
    const { dynamo, usageTable, searchesTable, answersTable, retentionDays } = this.options;
    const { account, caps, record, reads } = stored;
    const counts = resultCounts(account, reads.length, caps);
    const put = (TableName: string, Item: Row): TransactWriteItem => ({ Put: { TableName, Item } });
    const expiresAtMs = account.nowMs + retentionDays * dayMs;
    const answers = await this.#answers(stored.searchId, stored.page, reads);
    const start = await this.#start(stored, account.nowMs + pageLifetimeMs);
    const page: TransactWriteItem = {
      Put: {
        TableName: answersTable,
        Item: pageItem(stored, expiresAtMs),
        ConditionExpression: 'attribute_not_exists(searchId)',
      },
    };
    const outcome = await countTogether({ dynamo, table: usageTable, nowMs: account.nowMs }, counts, [
      page,
      ...answers.map((item) => put(answersTable, item)),
      ...(start ? [put(answersTable, start)] : []),
      ...(record ? [put(searchesTable, recordItem(record, expiresAtMs))] : []),
    ]);
    if (outcome.kind === 'cap') {
      // The page may be what used the cap up: then it is there, and is given again.
      const before = await this.#answersItem(stored.searchId, pageName(stored.page));
      return before ? 'stored-before' : outcome.cap;
    }
    return outcome.kind === 'counted' ? 'stored' : 'stored-before';
  }

  async find(searchId: string): Promise<SearchRecord | undefined> {
    const item = await this.#get(this.options.searchesTable, { searchId: { S: searchId } });
    return item && recordOf(item);
  }

  async pageStart(searchId: string, pageId: string, nowMs: number): Promise<PageStart | undefined> {
    const item = await this.#answersItem(searchId, startName(pageId));
    if (item === undefined) return undefined;
    const { day, sealed, expiresAtMs } = startOf(item);
    if (nowMs >= expiresAtMs) return undefined;
    const key = await this.options.dayKeys.forReading(day);
    return key && whileKept(() => sealed(key));
  }

  async page(searchId: string, page: number): Promise<StoredPage | undefined> {
    const item = await this.#answersItem(searchId, pageName(page));
    if (item === undefined) return undefined;
    const { truncated, hasNext } = pageOf(item);
    const reads = await this.#opened(await this.#rows(searchId, `${pageName(page)}#`));
    return { readIds: reads.map(({ readId }) => readId), truncated, hasNext };
  }

  async answered(searchId: string) {
    const rows = await this.#rows(searchId, 'page#');
    const pages = rows.filter((row) => row.sealed === undefined).map(pageOf);
    return {
      pages: pages.length,
      reads: pages.reduce((sum, { reads }) => sum + reads, 0),
      kept: await this.#opened(rows.filter((row) => row.sealed !== undefined)),
    };
  }

  /** One item for each capture day of a page, sealed under that day's key and gone with it. */
  async #answers(searchId: string, page: number, reads: readonly AnsweredRead[]): Promise<readonly Row[]> {
    const items: Row[] = [];
    for (const day of new Set(reads.map((read) => read.day))) {
      const key = await this.options.dayKeys.forReading(day);
      const ofDay = reads.filter((read) => read.day === day);
      const item =
        key &&
        whileKept(() => answersItem(key, { searchId, page, reads: ofDay, expiresAtMs: this.#end(day) }));
      if (item) items.push(item);
    }
    return items;
  }

  async #start(
    { searchId, next }: Parameters<SearchRecords['storePage']>[0],
    expiresAtMs: number,
  ): Promise<Row | undefined> {
    if (!next) return undefined;
    const key = await this.options.dayKeys.forReading(captureDay(next.start.after.capturedAtMs));
    return key && whileKept(() => startItem(key, { searchId, ...next, expiresAtMs }));
  }

  async #opened(rows: readonly Row[]): Promise<readonly AnsweredRead[]> {
    const reads: AnsweredRead[] = [];
    for (const row of rows) {
      const { day, sealed } = answersOf(row);
      const key = await this.options.dayKeys.forReading(day);
      reads.push(...((key && whileKept(() => sealed(key))) ?? []));
    }
    return reads;
  }

  #end(day: CaptureDay): number {
    return forgottenAtMs(day, this.options.retentionDays);
  }

  #answersItem(searchId: string, item: string): Promise<Row | undefined> {
    return this.#get(this.options.answersTable, { searchId: { S: searchId }, item: { S: item } });
  }

  async #get(TableName: string, Key: Row): Promise<Row | undefined> {
    const { Item } = await fromStore('searches', () =>
      this.options.dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
    );
    return Item;
  }

  /** A search answers few enough reads for one page of the store's own; more would be no record of ours. */
  async #rows(searchId: string, begins: string): Promise<readonly Row[]> {
    const { Items = [], LastEvaluatedKey } = await fromStore('searches', () =>
      this.options.dynamo.send(
        new QueryCommand({
          TableName: this.options.answersTable,
          KeyConditionExpression: 'searchId = :searchId AND begins_with(#item, :begins)',
          ExpressionAttributeNames: { '#item': 'item' },
          ExpressionAttributeValues: { ':searchId': { S: searchId }, ':begins': { S: begins } },
          ConsistentRead: true,
        }),
      ),
    );
    if (LastEvaluatedKey) throw new StoreError('unprocessed', 'searches');
    return Items;
  }
}
