import {
  type AttributeValue,
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Account, Cap, Caps } from '../../core/search/ports';
import { backOff } from '../stores/retry';
import { fromStore, StoreError } from '../stores/store-error';

/** One counter of the table Usage (key `username`, `day`), and how far it may go. */
export interface Count {
  readonly username: string;
  readonly day: string;
  readonly cap: Cap;
  readonly more: number;
  readonly most: number;
}

export type Counted =
  | { readonly kind: 'counted' }
  | { readonly kind: 'cap'; readonly cap: Cap }
  /** A condition of the n-th of the other items does not hold. */
  | { readonly kind: 'refused'; readonly item: number };

const dayS = 24 * 3600;
/** Searches of one agency count on one row; a transaction that meets another one is tried again. */
const attemptsMax = 10;

/** The keys of the counters: of a user in an hour and on a day (UTC), of an agency on a day. */
export function usageRows({ username, agency, nowMs }: Account) {
  const time = new Date(nowMs).toISOString();
  return {
    userHour: (what: string) => ({ username, day: `${time.slice(0, 13)} ${what}` }),
    userDay: (what: string) => ({ username, day: `${time.slice(0, 10)} ${what}` }),
    // No username begins with a space.
    agencyDay: (what: string) => ({ username: ` agency ${agency}`, day: `${time.slice(0, 10)} ${what}` }),
  };
}

/** What answering so many reads counts as. */
export function resultCounts(account: Account, more: number, caps: Caps): readonly Count[] {
  const { userDay, agencyDay } = usageRows(account);
  return [
    { ...userDay('reads'), cap: 'results-per-day', more, most: caps.resultsPerDay },
    { ...agencyDay('reads'), cap: 'agency-results-per-day', more, most: caps.agencyResultsPerDay },
  ];
}

export function usageExpiry(nowMs: number): AttributeValue {
  return { N: String(Math.floor(nowMs / 1000) + 2 * dayS) };
}

/** Counts and writes all or nothing. Throws `StoreError` when the store cannot say which. */
export async function countTogether(
  store: { readonly dynamo: DynamoDBClient; readonly table: string; readonly nowMs: number },
  counts: readonly Count[],
  items: readonly TransactWriteItem[],
): Promise<Counted> {
  const counting = counts.filter(({ more }) => more > 0);
  const beyond = counting.find(({ more, most }) => more > most);
  if (beyond) return { kind: 'cap', cap: beyond.cap };
  const all = [...counting.map((count) => updateOf(store, count)), ...items];
  if (all.length === 0) return { kind: 'counted' };
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    if (attempt > 1) await backOff(attempt - 1);
    const failed = await write(store.dynamo, all);
    if (failed === undefined) return { kind: 'counted' };
    if (failed === 'conflict') continue;
    const count = counting[failed];
    return count ? { kind: 'cap', cap: count.cap } : { kind: 'refused', item: failed - counting.length };
  }
  throw new StoreError('unprocessed', 'usage');
}

function updateOf(
  { table, nowMs }: { readonly table: string; readonly nowMs: number },
  { username, day, more, most }: Count,
): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: { username: { S: username }, day: { S: day } },
      UpdateExpression: 'SET expiresAt = :expiresAt ADD #count :more',
      ConditionExpression: 'attribute_not_exists(#count) OR #count <= :room',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: {
        ':more': { N: String(more) },
        ':room': { N: String(most - more) },
        ':expiresAt': usageExpiry(nowMs),
      },
    },
  };
}

/** The first item whose condition does not hold; `conflict`: another transaction was at one of them. */
async function write(
  dynamo: DynamoDBClient,
  items: readonly TransactWriteItem[],
): Promise<number | 'conflict' | undefined> {
  try {
    await dynamo.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
    return undefined;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException))
      return fromStore('usage', () => Promise.reject(error));
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    const refused = codes.indexOf('ConditionalCheckFailed');
    if (refused >= 0) return refused;
    if (codes.includes('TransactionConflict')) return 'conflict';
    return fromStore('usage', () => Promise.reject(error));
  }
}
