import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mapBounded } from '../../core/search/bounded';
import { backOff } from '../stores/retry';
import { fromStore, StoreError } from '../stores/store-error';
import type { Row } from './person-row';

/** DynamoDB takes no more keys in one call. */
const keysAtOnce = 100;
const callsAtOnce = 4;
const triesMax = 5;

/** The rows of distinct keys, strongly consistent, in no order; keys without a row are absent. */
export async function batchGet(
  dynamo: DynamoDBClient,
  store: string,
  { table, keys }: { readonly table: string; readonly keys: readonly Row[] },
): Promise<Row[]> {
  const chunks = Array.from({ length: Math.ceil(keys.length / keysAtOnce) }, (_, at) =>
    keys.slice(at * keysAtOnce, (at + 1) * keysAtOnce),
  );
  const rows = await mapBounded(chunks, callsAtOnce, (chunk) => getChunk(dynamo, store, { table, chunk }));
  return rows.flat();
}

/** Throws `StoreError` `unprocessed` when the store leaves keys undone each time. */
async function getChunk(
  dynamo: DynamoDBClient,
  store: string,
  { table, chunk }: { readonly table: string; readonly chunk: readonly Row[] },
): Promise<Row[]> {
  const rows: Row[] = [];
  let left: readonly Row[] = chunk;
  for (let attempt = 1; attempt <= triesMax; attempt++) {
    const RequestItems = { [table]: { Keys: [...left], ConsistentRead: true } };
    const answer = await fromStore(store, () => dynamo.send(new BatchGetItemCommand({ RequestItems })));
    rows.push(...(answer.Responses?.[table] ?? []));
    left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    if (left.length === 0) return rows;
    await backOff(attempt);
  }
  throw new StoreError('unprocessed', store);
}
