import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { SearchTraces } from '../../core/search/ports';
import { fromStore } from '../stores/store-error';
import { usageExpiry, usageRows } from './usage-counters';

/** The table Usage: the traces of a user's day, a set in one row, so that each search sees those of all others. */
export class StoredSearchTraces implements SearchTraces {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  /** Throws `StoreError`. */
  async add(use: Parameters<SearchTraces['add']>[0]): Promise<readonly string[]> {
    const { username, nowMs, traces } = use;
    const key = usageRows({ username, agency: '', nowMs }).userDay('traces');
    const { Attributes } = await fromStore('usage', () =>
      this.options.dynamo.send(
        new UpdateItemCommand({
          TableName: this.options.table,
          Key: { username: { S: key.username }, day: { S: key.day } },
          UpdateExpression: 'SET expiresAt = :expiresAt ADD traces :traces',
          ExpressionAttributeValues: {
            ':traces': { SS: [...new Set(traces)] },
            ':expiresAt': usageExpiry(nowMs),
          },
          ReturnValues: 'ALL_NEW',
        }),
      ),
    );
    return Attributes?.traces?.SS ?? [];
  }
}
