import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { StoredDeviceRegistry } from '../../../adapters/devices/devices';
import { exampleKey, madeDevice, madeKey } from '../../core/devices/made-device';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

let local: LocalDynamo;
let registry: StoredDeviceRegistry;
const malformed: unknown[] = [];
const phone = madeDevice(exampleKey);
const retired = { by: 'made-up.administrator', atMs: Date.parse('2026-11-24T12:00:00Z') };

beforeAll(async () => {
  local = await startDynamo();
});
afterAll(() => local.stop());
let tables = 0;
beforeEach(async () => {
  const table = `Devices${tables++}`;
  await local.createTable(table, 'deviceId');
  malformed.length = 0;
  registry = new StoredDeviceRegistry({
    dynamo: local.dynamo,
    table,
    onMalformed: (error) => malformed.push(error),
  });
});

it('finds what was registered, and nothing under another key', async () => {
  const { assignedTo: _, ...desk } = madeDevice(madeKey(), { kind: 'console', label: 'Desk 3' });
  expect(await registry.register(phone)).toEqual(phone);
  await registry.register(desk);
  expect(await registry.find(phone.deviceId)).toEqual(phone);
  expect(await registry.find(desk.deviceId)).toEqual(desk);
  expect(await registry.find('A'.repeat(43))).toBeUndefined();
  expect(await registry.list()).toHaveLength(2);
});

it('leaves the first registration of a key as it is', async () => {
  await registry.register(phone);
  expect(await registry.register({ ...phone, assignedTo: 'made-up.colleague' })).toEqual(phone);
  expect(await registry.find(phone.deviceId)).toEqual(phone);
});

it('retires once: the first retirement stands, and no registration undoes it [Access-G]', async () => {
  await registry.register(phone);
  expect(await registry.retire(phone.deviceId, retired)).toEqual({ ...phone, retired });
  expect(await registry.retire(phone.deviceId, { by: 'made-up.chief', atMs: 1 })).toEqual({
    ...phone,
    retired,
  });
  expect(await registry.register(phone)).toEqual({ ...phone, retired });
  expect(await registry.find(phone.deviceId)).toEqual({ ...phone, retired });
});

it('retires nothing that is not there', async () => {
  expect(await registry.retire(phone.deviceId, retired)).toBeUndefined();
  expect(await registry.find(phone.deviceId)).toBeUndefined();
});

it.each([
  ['status', { S: 'lost' }],
  ['kind', { S: 'tablet' }],
  ['publicKey', { S: '{' }],
  ['registeredAtMs', { S: 'yesterday' }],
  ['retiredBy', { S: 'somebody' }],
])('takes no row for a device whose %s cannot be understood [Access-G]', async (name, value) => {
  await registry.register(phone);
  await registry.register(madeDevice(madeKey()));
  const { table } = registry.options;
  const Item = {
    deviceId: { S: phone.deviceId },
    kind: { S: 'phone' },
    publicKey: { S: JSON.stringify(phone.publicKey) },
    label: { S: 'Phone 7' },
    status: { S: 'active' },
    registeredBy: { S: 'made-up.administrator' },
    registeredAtMs: { N: '1' },
    [name]: value,
  };
  await local.dynamo.send(new PutItemCommand({ TableName: table, Item }));
  await expect(registry.find(phone.deviceId)).rejects.toMatchObject({ code: 'malformed', store: 'devices' });
  expect(await registry.list()).toHaveLength(1);
  expect(malformed).toHaveLength(1);
});
