import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeDefinition,
  CreateTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndex,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';

export interface TestDynamo {
  readonly dynamo: DynamoDBClient;
  /** Another client of the same tables, for faults and races. */
  client(): DynamoDBClient;
  stop(): void;
}

/** Starts an empty DynamoDB for a test file; up to five seconds. */
export async function startDynamo(): Promise<TestDynamo> {
  const binary = join(dirname(require.resolve('@dynoxide/linux-x64/package.json')), 'dynoxide');
  const port = await freePort();
  const server = spawn(binary, ['serve', '--port', String(port)], { stdio: 'ignore' });
  const client = () =>
    new DynamoDBClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-2',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  const dynamo = client();
  for (let attempt = 0; ; attempt++) {
    try {
      await dynamo.send(new ListTablesCommand({}));
      break;
    } catch (error) {
      if (attempt >= 100) throw error;
      await sleep(50);
    }
  }
  return { dynamo, client, stop: () => void server.kill() };
}

export interface TestTable {
  readonly name: string;
  /** Attribute and type of the partition key, then of the sort key. */
  readonly key: readonly [string, 'S' | 'B' | 'N'][];
  readonly index?: { readonly name: string; readonly key: readonly [string, 'S' | 'B' | 'N'][] };
}

export async function createTable(dynamo: DynamoDBClient, { name, key, index }: TestTable): Promise<void> {
  const attributes = new Map([...key, ...(index?.key ?? [])]);
  const AttributeDefinitions: AttributeDefinition[] = [...attributes].map(
    ([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    }),
  );
  const indexes: GlobalSecondaryIndex[] =
    index === undefined
      ? []
      : [{ IndexName: index.name, KeySchema: schema(index.key), Projection: { ProjectionType: 'ALL' } }];
  await dynamo.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions,
      KeySchema: schema(key),
      ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
    }),
  );
}

function schema(key: readonly [string, string][]) {
  return key.map(([AttributeName], at) => ({
    AttributeName,
    KeyType: at === 0 ? ('HASH' as const) : ('RANGE' as const),
  }));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}
