import { DeleteItemCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { rowOf } from '../../../adapters/people/person-row';
import type { PersonRecord } from '../../../core/people/record';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';

export const tables = {
  peopleTable: 'People',
  dutyTable: 'Duty',
  sharingTable: 'Sharing',
  sessionsTable: 'Sessions',
} as const;

/** The tables about people, and Findings, in a real store. */
export async function startPeopleTables(): Promise<TestDynamo> {
  const local = await startDynamo();
  await createTable(local.dynamo, { name: 'People', key: [['username', 'S']] });
  await createTable(local.dynamo, { name: 'Duty', key: [['username', 'S']] });
  await createTable(local.dynamo, {
    name: 'Sharing',
    key: [
      ['pk', 'S'],
      ['sk', 'S'],
    ],
  });
  await createTable(local.dynamo, {
    name: 'Sessions',
    key: [
      ['username', 'S'],
      ['session', 'S'],
    ],
  });
  await createTable(local.dynamo, {
    name: 'Findings',
    key: [['findingId', 'S']],
    index: {
      name: 'by-state',
      key: [
        ['state', 'S'],
        ['raisedAtMs', 'N'],
      ],
    },
  });
  return local;
}

/** Deletes every row of them. */
export async function emptyTables({ dynamo }: TestDynamo): Promise<void> {
  const keys = {
    People: ['username'],
    Duty: ['username'],
    Sharing: ['pk', 'sk'],
    Sessions: ['username', 'session'],
    Findings: ['findingId'],
  } as const;
  for (const [TableName, names] of Object.entries(keys)) {
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName }));
    for (const item of Items) {
      const Key = Object.fromEntries(names.map((name) => [name, item[name] ?? { S: '' }]));
      await dynamo.send(new DeleteItemCommand({ TableName, Key }));
    }
  }
}

export async function putRecord({ dynamo }: TestDynamo, record: PersonRecord): Promise<void> {
  await dynamo.send(new PutItemCommand({ TableName: 'People', Item: rowOf(record) }));
}

/** As whoever signs in leaves it. */
export async function putLastUse({ dynamo }: TestDynamo, username: string, atMs: number): Promise<void> {
  const Item = {
    username: { S: username },
    session: { S: 'LAST' },
    lastUsedMs: { N: String(atMs) },
  };
  await dynamo.send(new PutItemCommand({ TableName: 'Sessions', Item }));
}

/** A client whose store is not there. */
export function nowhere(): DynamoDBClient {
  const credentials = { accessKeyId: 'made-up', secretAccessKey: 'made-up' };
  return new DynamoDBClient({
    endpoint: 'http://127.0.0.1:9',
    region: 'us-east-2',
    credentials,
    maxAttempts: 1,
  });
}
