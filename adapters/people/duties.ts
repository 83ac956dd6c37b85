import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Duties } from '../../core/people/ports';
import { fromStore, StoreError } from '../stores/store-error';
import { personKey, type Row } from './person-row';

/** The table Duty: one row for each user on duty. It is read with its time, so a row that lingers opens nothing. */
export class StoredDuties implements Duties {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  async begin(username: string, untilMs: number): Promise<void> {
    const { dynamo, table } = this.options;
    const Item = {
      ...personKey(username),
      onDutyUntilMs: { N: String(untilMs) },
      expiresAt: { N: String(Math.ceil(untilMs / 1000)) },
    };
    await fromStore('duty', () => dynamo.send(new PutItemCommand({ TableName: table, Item })));
  }

  async end(username: string): Promise<void> {
    const { dynamo, table } = this.options;
    await fromStore('duty', () =>
      dynamo.send(new DeleteItemCommand({ TableName: table, Key: personKey(username) })),
    );
  }
}

/** `undefined` without a row. Throws `StoreError` `malformed`. */
export function onDutyUntilOf(row: Row | undefined): number | undefined {
  if (row === undefined) return undefined;
  const untilMs = Number(row.onDutyUntilMs?.N ?? Number.NaN);
  if (!Number.isSafeInteger(untilMs)) throw new StoreError('malformed', 'duty');
  return untilMs;
}
