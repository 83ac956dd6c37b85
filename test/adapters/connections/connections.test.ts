import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { StoredConnections } from '../../../adapters/connections/connections';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

let local: LocalDynamo;
let connections: StoredConnections;
let malformed = 0;
const connectedAtMs = Date.parse('2026-11-24T12:00:00Z');
const connection = (connectionId: string) => ({
  connectionId,
  username: 'made-up.officer',
  connectedAtMs,
  address: '192.0.2.7',
  device: 'department-console' as const,
});

beforeAll(async () => {
  local = await startDynamo();
  await local.createTable('Connections', 'shelf', 'connectionId');
  connections = new StoredConnections({
    dynamo: local.dynamo,
    table: 'Connections',
    onMalformed: () => void malformed++,
  });
});
afterAll(() => local.stop());

it('lists what was added and not removed', async () => {
  await connections.add(connection('first='));
  await connections.add(connection('second='));
  expect(await connections.list()).toEqual([connection('first='), connection('second=')]);
  await connections.remove('first=');
  await connections.remove('first=');
  expect(await connections.list()).toEqual([connection('second=')]);
});

it('keeps what each was opened with [Access-G]', async () => {
  const phone = {
    ...connection('phone='),
    device: 'department-phone' as const,
    deviceId: 'A'.repeat(43),
    sessionId: 'sign-in-1',
  };
  await connections.add(phone);
  expect(await connections.list()).toContainEqual(phone);
  await connections.remove('phone=');
});

it('lists all others where one row is damaged, and tells of it', async () => {
  const Item = { shelf: { S: 'open' }, connectionId: { S: 'damaged=' } };
  await local.dynamo.send(new PutItemCommand({ TableName: 'Connections', Item }));
  expect(await connections.list()).toEqual([connection('second=')]);
  expect(malformed).toBe(1);
  await connections.remove('damaged=');
});

it('expires an hour after the gateway ended the connection at the latest', async () => {
  const { Items } = await local.dynamo.send(new ScanCommand({ TableName: 'Connections' }));
  expect(Items?.[0]?.expiresAt).toEqual({ N: String(Date.parse('2026-11-24T15:00:00Z') / 1000) });
});
