import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type CustodyEntry, nextEntry } from '../../core/evidence/custody';
import type { EvidenceRecord } from '../../core/evidence/evidence';
import type { EvidenceRecords, Page, TakingAllowance } from '../../core/evidence/ports';
import { dayMs } from '../../core/retention/day';
import { backOff } from '../stores/retry';
import { fromStore, StoreError } from '../stores/store-error';
import { custodyRow, entryOf, evidenceKey, type Row, recordOf, recordRow } from './evidence-row';
import { pageOf } from './page';

const store = 'evidence';
/** Others may append between our look and our write this often. */
const attemptsMax = 8;

export interface StoredEvidenceOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
}

/** The table Evidence: records, their chains of custody, and how many somebody took on a day. */
export class StoredEvidence implements EvidenceRecords, TakingAllowance {
  constructor(readonly options: StoredEvidenceOptions) {}

  async find(evidenceId: string): Promise<EvidenceRecord | undefined> {
    const { dynamo, table } = this.options;
    const { Item } = await fromStore(store, () =>
      dynamo.send(
        new GetItemCommand({ TableName: table, Key: evidenceKey(evidenceId), ConsistentRead: true }),
      ),
    );
    return Item === undefined ? undefined : recordOf(Item);
  }

  async putNew(record: EvidenceRecord, taken: CustodyEntry): Promise<void> {
    await this.#write([
      putNew(this.options.table, recordRow(record)),
      putNew(this.options.table, custodyRow(record.evidenceId, taken)),
    ]);
  }

  list(after: string | undefined): Promise<Page<EvidenceRecord>> {
    return pageOf(this.options, { kind: 'evidence', after, parse: recordOf });
  }

  async custody(evidenceId: string): Promise<readonly CustodyEntry[]> {
    const entries: CustodyEntry[] = [];
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page = await this.#chain(evidenceId, { start });
      entries.push(...(page.Items ?? []).map(entryOf));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return entries;
  }

  async append(
    evidenceId: string,
    fact: Pick<CustodyEntry, 'atMs' | 'by' | 'act' | 'requestId'>,
  ): Promise<void> {
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const entry = await this.next(evidenceId, fact);
      const item = putNew(this.options.table, custodyRow(evidenceId, entry));
      if ((await this.#write([item])) === 'stored') return;
      await backOff(attempt);
    }
    throw new StoreError('unprocessed', store);
  }

  /** The entry that would follow the chain as it stands now; to be put only where nothing has its number. */
  async next(
    evidenceId: string,
    fact: Pick<CustodyEntry, 'atMs' | 'by' | 'act' | 'requestId'>,
  ): Promise<CustodyEntry> {
    const { Items } = await this.#chain(evidenceId, { isNewestOnly: true });
    const last = Items?.[0];
    return nextEntry(last && entryOf(last), fact);
  }

  async take(use: { username: string; nowMs: number; perDay: number }): Promise<boolean> {
    const { dynamo, table } = this.options;
    const day = new Date(use.nowMs).toISOString().slice(0, 10);
    try {
      await dynamo.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: `taken#${use.username}` }, sk: { S: day } },
          UpdateExpression: 'ADD taken :one SET expiresAt = :end',
          ConditionExpression: 'attribute_not_exists(taken) OR taken < :most',
          ExpressionAttributeValues: {
            ':one': { N: '1' },
            ':most': { N: String(use.perDay) },
            ':end': { N: String(Math.floor((use.nowMs + 2 * dayMs) / 1000)) },
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      return fromStore(store, () => Promise.reject(error));
    }
  }

  #chain(
    evidenceId: string,
    { start, isNewestOnly = false }: { start?: Row | undefined; isNewestOnly?: boolean },
  ): Promise<QueryCommandOutput> {
    const { dynamo, table } = this.options;
    return fromStore(store, () =>
      dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :custody)',
          ExpressionAttributeValues: {
            ':pk': evidenceKey(evidenceId).pk ?? { S: '' },
            ':custody': { S: 'custody#' },
          },
          ConsistentRead: true,
          ...(isNewestOnly ? { ScanIndexForward: false, Limit: 1 } : {}),
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      ),
    );
  }

  /** All or nothing. `standing`: some of it stood before. */
  async #write(items: readonly TransactWriteItem[]): Promise<'stored' | 'standing'> {
    try {
      await this.options.dynamo.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
      return 'stored';
    } catch (error) {
      if (isConflict(error)) return 'standing';
      return fromStore(store, () => Promise.reject(error));
    }
  }
}

export function putNew(table: string, row: Row): TransactWriteItem {
  return { Put: { TableName: table, Item: row, ConditionExpression: 'attribute_not_exists(pk)' } };
}

export function isConflict(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code }) =>
      ['ConditionalCheckFailed', 'TransactionConflict'].includes(Code ?? ''),
    )
  );
}
