import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { StoredConnections } from '../../../adapters/connections/connections';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

let local: LocalDynamo;
let connections: StoredConnections;
const connectedAtMs = Date.parse('2026-11-24T12:00:00Z');
const connection = (connectionId: string) => ({
  connectionId,
  username: 'made-up.officer',
  connectedAtMs,
  address: '192.0.2.7',
});

beforeAll(async () => {
  local = await startDynamo();
  await local.createTable('Connections', 'shelf', 'connectionId');
  connections = new StoredConnections({ dynamo: local.dynamo, table: 'Connections' });
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

it('expires an hour after the gateway ended the connection at the latest', async () => {
  const { Items } = await local.dynamo.send(new ScanCommand({ TableName: 'Connections' }));
  expect(Items?.[0]?.expiresAt).toEqual({ N: String(Date.parse('2026-11-24T15:00:00Z') / 1000) });
});
