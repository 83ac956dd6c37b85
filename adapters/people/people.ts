import { type AttributeValue, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { isRole } from '../../core/access/roles';
import type { Person } from '../../core/people/person';
import type { People } from '../../core/people/ports';
import { fromStore, StoreError } from '../stores/store-error';

/** The table People, read strongly consistently on each call, so that a suspension binds the next request. */
export class StoredPeople implements People {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  /** Throws `StoreError` `malformed` when a fact is missing or of the wrong kind: it then holds for nobody. */
  async find(username: string): Promise<Person | undefined> {
    const { Item } = await fromStore('people', () =>
      this.options.dynamo.send(
        new GetItemCommand({
          TableName: this.options.table,
          Key: { username: { S: username } },
          ConsistentRead: true,
        }),
      ),
    );
    return Item === undefined ? undefined : personOf(Item);
  }
}

function personOf(row: Record<string, AttributeValue>): Person {
  const role = text(row.role);
  const trainedUntilMs = Number(row.trainedUntilMs?.N ?? Number.NaN);
  if (!isRole(role) || !Number.isFinite(trainedUntilMs)) throw new StoreError('malformed', 'people');
  return {
    username: text(row.username),
    role,
    agency: text(row.agency),
    division: text(row.division),
    sworn: claim(row.sworn),
    suspended: claim(row.suspended),
    trainedUntilMs,
    onDuty: claim(row.onDuty),
  };
}

function text(value: AttributeValue | undefined): string {
  if (!value?.S) throw new StoreError('malformed', 'people');
  return value.S;
}

function claim(value: AttributeValue | undefined): boolean {
  if (value?.BOOL === undefined) throw new StoreError('malformed', 'people');
  return value.BOOL;
}
