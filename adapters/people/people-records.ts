import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { isRole, type Role } from '../../core/access/roles';
import type { PeopleRecords } from '../../core/people/ports';
import type { PersonRecord } from '../../core/people/record';
import { fromStore, StoreError } from '../stores/store-error';
import { batchGet } from './batch-get';
import { personKey, personUpdate, type Row, recordOf, rowOf } from './person-row';

/** A department has hundreds of people. Beyond so many nothing is listed, rather than a part of it. */
const peopleMax = 10_000;

export interface StoredPeopleRecordsOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  /** Told of each row that cannot be understood and is left out of the list. */
  readonly onMalformed: (error: unknown) => void;
}

/** The table People, for the functions that change it or list everybody. */
export class StoredPeopleRecords implements PeopleRecords {
  constructor(readonly options: StoredPeopleRecordsOptions) {}

  async find(username: string): Promise<PersonRecord | undefined> {
    const { dynamo, table } = this.options;
    const { Item } = await fromStore('people', () =>
      dynamo.send(new GetItemCommand({ TableName: table, Key: personKey(username), ConsistentRead: true })),
    );
    return Item === undefined ? undefined : recordOf(Item);
  }

  add(record: PersonRecord): Promise<'stored' | 'conflict'> {
    const { dynamo, table } = this.options;
    return onCondition(() =>
      dynamo.send(
        new PutItemCommand({
          TableName: table,
          Item: rowOf(record),
          ConditionExpression: 'attribute_not_exists(username)',
        }),
      ),
    );
  }

  store(record: PersonRecord): Promise<'stored' | 'conflict'> {
    const { dynamo, table } = this.options;
    return onCondition(() => dynamo.send(new UpdateItemCommand(personUpdate(table, record))));
  }

  async list(): Promise<readonly PersonRecord[]> {
    const rows: Row[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await fromStore('people', () => this.options.dynamo.send(this.#scan(start)));
      rows.push(...(page.Items ?? []));
      if (rows.length > peopleMax) throw new StoreError('unprocessed', 'people');
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return rows.flatMap((row) => this.#understood(row)).sort((a, b) => (a.username < b.username ? -1 : 1));
  }

  async rolesOf(usernames: Iterable<string>): Promise<ReadonlyMap<string, Role>> {
    const { dynamo, table } = this.options;
    const keys = [...new Set(usernames)].map(personKey);
    const rows = await batchGet(dynamo, 'people', { table, keys });
    return new Map(
      rows.flatMap(({ username, role }) =>
        username?.S !== undefined && role?.S !== undefined && isRole(role.S) ? [[username.S, role.S]] : [],
      ),
    );
  }

  #scan(start: Record<string, AttributeValue> | undefined): ScanCommand {
    return new ScanCommand({
      TableName: this.options.table,
      ConsistentRead: true,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
  }

  #understood(row: Row): PersonRecord[] {
    try {
      return [recordOf(row)];
    } catch (error) {
      this.options.onMalformed(error);
      return [];
    }
  }
}

async function onCondition(write: () => Promise<unknown>): Promise<'stored' | 'conflict'> {
  try {
    await write();
    return 'stored';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'conflict';
    return fromStore('people', () => Promise.reject(error));
  }
}
