import { rmSync } from 'node:fs';
import path from 'node:path';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { type LocalSystem, startSystem } from '../../../local/system';
import { type SmallApp, synthesiseSmallApp } from './small-app';

/** Synthesis and real processes on a busy machine. */
jest.setTimeout(120_000);

const startAt = Date.parse('2026-03-01T10:20:00Z');
const cleanups: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

async function start(app: SmallApp = {}): Promise<LocalSystem> {
  const assembly = synthesiseSmallApp(app);
  cleanups.push(() => rmSync(path.dirname(assembly), { recursive: true }));
  const system = await startSystem({ assembly, startAt });
  cleanups.push(() => system.stop());
  return system;
}

function output(system: LocalSystem, name: string): string {
  const value = system.outputs[name];
  if (value === undefined) throw new Error(`no output ${name}`);
  return value;
}

async function put(system: LocalSystem, id: string, text: string): Promise<void> {
  const endpoint = system.endpointsFor(system.operator).AWS_ENDPOINT_URL_KINESIS ?? '';
  const client = new KinesisClient({ region: system.region, endpoint, credentials: system.operator });
  const record = { PartitionKey: id, Data: Buffer.from(text) };
  await client.send(new PutRecordCommand({ StreamName: output(system, 'stream'), ...record }));
  client.destroy();
}

const apiUrl = (system: LocalSystem) =>
  Object.entries(system.outputs).find(([name]) => name.startsWith('ApiEndpoint'))?.[1] ?? '';

describe('a synthesised app on this machine', () => {
  let system: LocalSystem;
  beforeAll(async () => {
    system = await start();
  });

  it('takes a record from the stream through the function and the table to the API', async () => {
    await put(system, 'a', 'hello');
    await system.idle();
    const found = await fetch(`${apiUrl(system)}items/a`);
    expect([found.status, await found.text()]).toEqual([200, 'hello']);
    expect((await fetch(`${apiUrl(system)}items/b`)).status).toBe(404);
    expect((await fetch(`${apiUrl(system)}elsewhere`)).status).toBe(403);
  });

  it('fires each hour once as the clock passes it, at the virtual time, and lets items expire', async () => {
    await put(system, 'short-lived', 'x');
    await system.idle();
    await system.advance(3 * 3_600_000);
    const ids = (await system.services.dynamodb.dump(output(system, 'TableName'))).map(({ id }) => id?.S);
    expect(ids.sort()).toEqual(['tick 2026-03-01T11', 'tick 2026-03-01T12', 'tick 2026-03-01T13']);
    expect(new Date().toISOString().slice(0, 13)).toBe('2026-03-01T13');
  });

  it("gives a role's credentials that can do what the template grants and no more", async () => {
    const credentials = system.assumeRole('ConsumerRole', 'a-test');
    const environment = system.endpointsFor(credentials);
    const config = { region: system.region, credentials, maxAttempts: 1 };
    const dynamodb = new DynamoDBClient({ ...config, endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? '' });
    const Key = { id: { S: 'a' } };
    await dynamodb.send(new GetItemCommand({ TableName: output(system, 'TableName'), Key }));
    await expect(dynamodb.send(new GetItemCommand({ TableName: 'Other', Key }))).rejects.toThrow(
      'User: arn:aws:sts::000000000000:assumed-role/Compute-ConsumeServiceRole78FA4572/a-test is not authorized to ' +
        'perform: dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-2:000000000000:table/Other because no ' +
        'identity-based policy allows the dynamodb:GetItem action',
    );
    dynamodb.destroy();
  });

  it('lets no call to a service that is not modelled leave the machine', async () => {
    const environment = system.endpointsFor(system.operator);
    const logs = new CloudWatchLogsClient({
      region: system.region,
      credentials: system.operator,
      endpoint: environment.AWS_ENDPOINT_URL ?? '',
      maxAttempts: 1,
    });
    expect(environment.AWS_ENDPOINT_URL_CLOUDWATCH_LOGS).toBeUndefined();
    await expect(logs.send(new DescribeLogGroupsCommand({}))).rejects.toThrow('ECONNREFUSED');
  });
});

describe('a grant that the template forgot', () => {
  it('fails here as it would in the cloud, with the reason in the log of the function', async () => {
    const system = await start({ withoutWriteGrant: true });
    await put(system, 'a', 'hello');
    await system.idle();
    expect((await system.services.dynamodb.dump(output(system, 'TableName'))).map(({ id }) => id?.S)).toEqual(
      [],
    );
    expect(
      system.sinks.logs
        .lines()
        .map(({ line }) => line)
        .join('\n'),
    ).toContain('is not authorized to perform: dynamodb:PutItem on resource');
  });
});
