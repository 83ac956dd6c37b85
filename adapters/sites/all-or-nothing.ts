import {
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { fromStore } from '../stores/store-error';

/** Writes all or nothing. `conflict`: one of the conditions does not hold. Throws `StoreError` for anything else. */
export async function writeTogether(
  dynamo: DynamoDBClient,
  items: readonly TransactWriteItem[],
): Promise<'stored' | 'conflict'> {
  try {
    await dynamo.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
    return 'stored';
  } catch (error) {
    if (isConflict(error)) return 'conflict';
    return fromStore('sites', () => Promise.reject(error));
  }
}

function isConflict(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code }) =>
      ['ConditionalCheckFailed', 'TransactionConflict'].includes(Code ?? ''),
    )
  );
}
