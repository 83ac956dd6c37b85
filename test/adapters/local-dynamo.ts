import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeDefinition,
  CreateTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
} from '@aws-sdk/client-dynamodb';

export interface LocalDynamo {
  readonly dynamo: DynamoDBClient;
  /** Makes a table with a text hash key and, if named, a text sort key. */
  createTable(name: string, hash: string, sort?: string): Promise<void>;
  stop(): Promise<void>;
}

/** A real DynamoDB-compatible store in a process of its own, in memory. */
export async function startDynamo(): Promise<LocalDynamo> {
  const port = await freePort();
  const binary = join(dirname(require.resolve('@dynoxide/linux-x64/package.json')), 'dynoxide');
  const child = spawn(binary, ['serve', '--port', String(port)], { stdio: 'ignore', env: {} });
  const endpoint = `http://127.0.0.1:${port}`;
  const dynamo = new DynamoDBClient({
    endpoint,
    region: 'us-east-2',
    credentials: { accessKeyId: 'made-up', secretAccessKey: 'made-up' },
  });
  await untilItAnswers(endpoint);
  return {
    dynamo,
    createTable: (name, hash, sort) => createTable(dynamo, name, hash, sort),
    stop: () => stop(dynamo, child),
  };
}

async function createTable(dynamo: DynamoDBClient, name: string, hash: string, sort?: string): Promise<void> {
  const keys: KeySchemaElement[] = [{ AttributeName: hash, KeyType: 'HASH' }];
  const attributes: AttributeDefinition[] = [{ AttributeName: hash, AttributeType: 'S' }];
  if (sort !== undefined) {
    keys.push({ AttributeName: sort, KeyType: 'RANGE' });
    attributes.push({ AttributeName: sort, AttributeType: 'S' });
  }
  await dynamo.send(
    new CreateTableCommand({
      TableName: name,
      KeySchema: keys,
      AttributeDefinitions: attributes,
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
}

async function stop(dynamo: DynamoDBClient, child: ChildProcess): Promise<void> {
  dynamo.destroy();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

async function untilItAnswers(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 250; attempt++) {
    const isUp = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await sleep(20);
  }
  throw new Error('the local DynamoDB did not start');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
