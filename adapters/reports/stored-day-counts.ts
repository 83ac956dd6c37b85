import {
  type AttributeValue,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { add, type Counts } from '../../core/reports/counts';
import type { DayCounts } from '../../core/reports/ports';
import type { CaptureDay } from '../../core/retention/day';
import { fromStore, StoreError } from '../stores/store-error';

export interface StoredDayCountsOptions {
  readonly dynamo: DynamoDBClient;
  readonly readsTable: string;
  readonly quarantineTable: string;
  readonly alertsTable: string;
}

/** Counts rows by query; of a read nothing is asked for, of the others one word that stands in clear. */
export class StoredDayCounts implements DayCounts {
  constructor(readonly options: StoredDayCountsOptions) {}

  async reads(placeKey: Uint8Array): Promise<number> {
    let count = 0;
    const query = {
      TableName: this.options.readsTable,
      IndexName: 'by-place',
      KeyConditionExpression: 'placeKey = :key',
      ExpressionAttributeValues: { ':key': { B: placeKey } },
      Select: 'COUNT',
    } as const;
    for await (const page of this.#pages('reads', query)) count += page.Count ?? 0;
    return count;
  }

  quarantined(hour: string): Promise<Counts> {
    return this.#tally('quarantine', 'reason', {
      TableName: this.options.quarantineTable,
      KeyConditionExpression: '#hour = :hour',
      ExpressionAttributeNames: { '#hour': 'hour' },
      ExpressionAttributeValues: { ':hour': { S: hour } },
      ConsistentRead: true,
    });
  }

  alerts(day: CaptureDay): Promise<Counts> {
    return this.#tally('alerts', 'state', {
      TableName: this.options.alertsTable,
      IndexName: 'by-day',
      KeyConditionExpression: '#day = :day',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: { ':day': { S: day } },
    });
  }

  async #tally(store: string, attribute: string, query: QueryCommandInput): Promise<Counts> {
    const counts: Counts = {};
    const input = {
      ...query,
      ProjectionExpression: '#counted',
      ExpressionAttributeNames: { ...query.ExpressionAttributeNames, '#counted': attribute },
    };
    for await (const page of this.#pages(store, input))
      for (const row of page.Items ?? []) {
        const value = row[attribute]?.S;
        if (value === undefined) throw new StoreError('malformed', store);
        add(counts, value);
      }
    return counts;
  }

  async *#pages(store: string, query: QueryCommandInput) {
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await fromStore(store, () =>
        this.options.dynamo.send(
          new QueryCommand({ ...query, ...(start === undefined ? {} : { ExclusiveStartKey: start }) }),
        ),
      );
      yield page;
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
}
