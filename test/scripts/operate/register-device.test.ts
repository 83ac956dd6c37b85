import { createHash, generateKeyPairSync } from 'node:crypto';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { StoredDevices } from '../../../adapters/devices/devices';
import { rowOf } from '../../../adapters/people/person-row';
import { publicKeyOf } from '../../../core/devices/make-proof';
import { registerFirstDevice } from '../../../scripts/operate/register-device';
import { createTable, startDynamo, type TestDynamo } from '../../adapters/dynoxide';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madeRecord } from '../../core/people/made-record';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const publicKey = publicKeyOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
const console = { kind: 'console', publicKey, label: 'made-up desk' } as const;
let local: TestDynamo;
beforeEach(async () => {
  local = await startDynamo();
  await createTable(local.dynamo, { name: 'People', key: [['username', 'S']] });
  await createTable(local.dynamo, { name: 'Devices', key: [['deviceId', 'S']] });
  await createTable(local.dynamo, {
    name: 'AuditEvents',
    key: [
      ['hour', 'S'],
      ['at', 'S'],
    ],
  });
});
afterEach(() => local.stop());

it('puts the first console into the registry by its key, and that into the log [Access-G]', async () => {
  const { deviceId } = await register(console);
  const { kty, crv, x, y } = publicKey;
  const members = JSON.stringify({ crv, kty, x, y });
  expect(deviceId).toBe(createHash('sha256').update(members).digest('base64url'));
  const standing = await new StoredDevices({ dynamo: local.dynamo, table: 'Devices' }).find(deviceId);
  expect(standing).toMatchObject({ kind: 'console', label: 'made-up desk', registeredBy: 'operator' });
  expect(await told()).toMatchObject([
    {
      kind: 'device-changed',
      change: 'registered',
      deviceId,
      actor: { kind: 'system', name: 'operator' },
      operation: 'register-device',
    },
  ]);
});

it('changes nothing when it is repeated', async () => {
  const first = await register(console);
  expect(await register(console, nowMs + 60_000)).toEqual(first);
  expect(await told()).toHaveLength(1);
});

it('gives a phone to a sworn officer and to nobody who may not have one [Access-G]', async () => {
  await put(madeRecord());
  await put(madeRecord({ username: 'made-up.dispatcher', role: 'dispatcher', sworn: false }));
  const phone = { ...console, kind: 'phone' } as const;
  expect(await register({ ...phone, assignedTo: 'made-up.officer' })).toMatchObject({ kind: 'phone' });
  await expect(register(phone)).rejects.toThrow('assignedTo must say whose phone it is');
  await expect(register({ ...phone, assignedTo: 'nobody' })).rejects.toThrow('assignedTo');
  await expect(register({ ...phone, assignedTo: 'made-up.dispatcher' })).rejects.toThrow(
    'assignedTo must be a sworn officer',
  );
});

it('leaves a key alone that stands for something else', async () => {
  await register(console);
  await expect(register({ ...console, label: 'another desk' })).rejects.toThrow('stands in the registry');
});

function register(registration: Parameters<typeof registerFirstDevice>[2], atMs = nowMs) {
  const newId = () => '00000000-0000-4000-8000-000000000001';
  return registerFirstDevice(
    local.dynamo,
    { peopleTable: 'People', devicesTable: 'Devices', auditEventsTable: 'AuditEvents' },
    registration,
    { training: madeConfiguration().training, events: { now: () => atMs, newId } },
  );
}

function put(record: ReturnType<typeof madeRecord>) {
  return local.dynamo.send(new PutItemCommand({ TableName: 'People', Item: rowOf(record) }));
}

async function told() {
  const { Items = [] } = await local.dynamo.send(new ScanCommand({ TableName: 'AuditEvents' }));
  return Items.map(({ event }): unknown => JSON.parse(event?.S ?? ''));
}
