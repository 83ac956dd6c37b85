import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { commitmentKeyBytes, entryOf } from '../../core/audit/log/commitment';
import type { EventKey, StagedEntry } from '../../core/audit/log/head';
import type { StagedEvents, WaitingEvents } from '../../core/audit/log/ports';
import { unsealedIndex, waitingLists } from '../audit/waiting-lists';
import { eachAtOnce } from '../stores/at-once';
import { backOff } from '../stores/retry';
import { fromStore, StoreError } from '../stores/store-error';

const store = 'audit events';
const keysPerCall = 100;
const callsAtOnce = 8;
const marksAtOnce = 32;
const attemptsMax = 5;

type Row = Record<string, AttributeValue>;

export interface StagedEventsOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
}

/**
 * Events of the table AuditEvents that still carry `unsealed`. The sparse index names candidates and may be behind, so
 * each is read again from the table itself, consistently: an event that was marked is never given twice.
 */
export class StagedEventRows implements StagedEvents {
  constructor(readonly options: StagedEventsOptions) {}

  async find(max: number): Promise<WaitingEvents> {
    const perList = Math.ceil(max / waitingLists.length);
    const found = await Promise.all(waitingLists.map((list) => this.#candidates(list, perList)));
    const keys = found.flat().sort(byTime).slice(0, max);
    const rows = (await this.#read(keys)).sort((a, b) => byTime(keyOf(a), keyOf(b)));
    const entries: StagedEntry[] = [];
    const unreadable: EventKey[] = [];
    for (const row of rows) {
      const [event, key] = [row.event?.S, row.commitmentKey?.B];
      if (event === undefined || key?.length !== commitmentKeyBytes) unreadable.push(keyOf(row));
      else entries.push({ key: keyOf(row), entry: entryOf(event, key) });
    }
    const [oldest] = rows;
    return {
      entries,
      unreadable,
      ...(oldest === undefined ? {} : { oldestAtMs: Number(keyOf(oldest).at.slice(0, 13)) }),
    };
  }

  async mark(firstIndex: number, entries: readonly StagedEntry[]): Promise<void> {
    await eachAtOnce(entries.entries(), marksAtOnce, ([at, { key }]) => this.#markOne(key, firstIndex + at));
  }

  async #candidates(list: string, max: number): Promise<EventKey[]> {
    const { dynamo, table } = this.options;
    const { Items = [] } = await fromStore(store, () =>
      dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: unsealedIndex,
          KeyConditionExpression: '#unsealed = :list',
          ExpressionAttributeNames: { '#unsealed': 'unsealed' },
          ExpressionAttributeValues: { ':list': { S: list } },
          Limit: max,
        }),
      ),
    );
    return Items.map(keyOf);
  }

  async #read(keys: readonly EventKey[]): Promise<Row[]> {
    const chunks = Array.from({ length: Math.ceil(keys.length / keysPerCall) }, (_, at) =>
      keys.slice(at * keysPerCall, (at + 1) * keysPerCall),
    );
    const rows: Row[] = [];
    await eachAtOnce(chunks, callsAtOnce, async (chunk) => {
      rows.push(...(await this.#readChunk(chunk)));
    });
    return rows.filter((row) => row.unsealed !== undefined);
  }

  async #readChunk(keys: readonly EventKey[]): Promise<Row[]> {
    const { dynamo, table } = this.options;
    const rows: Row[] = [];
    let left: Row[] = keys.map(({ hour, at }) => ({ hour: { S: hour }, at: { S: at } }));
    for (let attempt = 1; left.length > 0; attempt++) {
      if (attempt > attemptsMax) throw new StoreError('unprocessed', store);
      if (attempt > 1) await backOff(attempt - 1);
      const request = { [table]: { Keys: left, ConsistentRead: true } };
      const { Responses, UnprocessedKeys } = await fromStore(store, () =>
        dynamo.send(new BatchGetItemCommand({ RequestItems: request })),
      );
      rows.push(...(Responses?.[table] ?? []));
      left = UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return rows;
  }

  /**
   * An event that has another place would be a fork and is thrown. One whose row is gone has nothing to mark: its entry
   * stays in the log, and that no event opens it is for the auditor to find.
   */
  async #markOne({ hour, at }: EventKey, index: number): Promise<void> {
    const { dynamo, table } = this.options;
    try {
      await dynamo.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { hour: { S: hour }, at: { S: at } },
          UpdateExpression: 'SET #logIndex = :index REMOVE #unsealed',
          ConditionExpression:
            'attribute_exists(#at) AND (attribute_not_exists(#logIndex) OR #logIndex = :index)',
          ExpressionAttributeNames: { '#logIndex': 'logIndex', '#unsealed': 'unsealed', '#at': 'at' },
          ExpressionAttributeValues: { ':index': { N: String(index) } },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
    } catch (cause) {
      const isRefused = cause instanceof ConditionalCheckFailedException;
      if (isRefused && cause.Item === undefined) return;
      throw new StoreError(isRefused ? 'malformed' : 'unavailable', store, { cause });
    }
  }
}

function keyOf(row: Row): EventKey {
  if (row.hour?.S === undefined || row.at?.S === undefined) throw new StoreError('malformed', store);
  return { hour: row.hour.S, at: row.at.S };
}

function byTime(a: EventKey, b: EventKey): number {
  return a.at < b.at ? -1 : Number(a.at > b.at);
}
