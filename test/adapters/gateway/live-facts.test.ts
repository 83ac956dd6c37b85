import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { StoredDeviceRegistry } from '../../../adapters/devices/devices';
import { StoredUsedProofs } from '../../../adapters/devices/used-proofs';
import { apiHandler } from '../../../adapters/gateway/api-handler';
import { StoredDuties } from '../../../adapters/people/duties';
import { StoredPeople } from '../../../adapters/people/people';
import { type Row, rowOf } from '../../../adapters/people/person-row';
import { StoredSessions } from '../../../adapters/sessions/sessions';
import { madeDecide } from '../../core/alerts/made-decide';
import { exampleKey, madeDevice, madeProof } from '../../core/devices/made-device';
import { madeRecord } from '../../core/people/made-record';
import { createTable, type TestDynamo } from '../dynoxide';
import { emptyTables, nowhere, putRecord, startPeopleTables, tables } from '../people/made-people';
import { madeApi, madeApiConfiguration, madeCall, madeContext, nowMs } from './made-call';

const configuration = madeApiConfiguration();
const decide = madeDecide();
const phone = madeDevice(exampleKey);
const hourMs = 3_600_000;
let local: TestDynamo;
let proofs = 0;

beforeAll(async () => {
  local = await startPeopleTables();
  await createTable(local.dynamo, { name: 'Devices', key: [['deviceId', 'S']] });
  await createTable(local.dynamo, { name: 'Proofs', key: [['proofId', 'S']] });
});
afterAll(() => local.stop());
beforeEach(async () => {
  await emptyTables(local);
  await putRecord(local, madeRecord());
});

it('answers a phone of an officer on duty, call after call with one token', async () => {
  const { call } = await made();
  expect([await call(), await call()]).toEqual([200, 200]);
});

it.each([
  ['suspended [Acct-C]', { suspended: { BOOL: true } }, 'Acct-C'],
  ['disabled [Access-C]', { disabled: { BOOL: true } }, 'Access-C'],
  ['untrained [Training]', { training: { M: {} } }, 'Training'],
  ['no longer sworn [Access-G]', { sworn: { BOOL: false } }, 'Access-G'],
  ['of a role that sees no alerts [Access-D.2]', { role: { S: 'records-officer' } }, 'Access-D.2'],
  ['of a record without standing [Access-C]', { suspended: { S: 'no' } }, 'Access-C'],
  ['of a role that does not exist [Access-C]', { role: { S: 'owner' } }, 'Access-C'],
] as const)('refuses the very next call of an officer who is now %s', async (_, facts, clause) => {
  const { call, refusals } = await made();
  expect(await call()).toBe(200);
  await change(facts);
  expect(await call()).toBe(403);
  expect(refusals()).toEqual([clause]);
});

it('refuses the very next call of an officer whose duty ended [Access-G]', async () => {
  const { call, duties, refusals } = await made();
  expect(await call()).toBe(200);
  await duties.end('made-up.officer');
  expect(await call()).toBe(403);
  expect(refusals()).toEqual(['Access-G']);
});

it('refuses the very next call of a phone that was retired [Access-G]', async () => {
  const { call, registry, refusals } = await made();
  expect(await call()).toBe(200);
  await registry.retire(phone.deviceId, { by: 'made-up.administrator', atMs: nowMs });
  expect(await call()).toBe(403);
  expect(refusals()).toEqual(['Access-G']);
});

it('refuses the very next call of a session that was ended [Access-C]', async () => {
  const { call, refusals } = await made();
  expect(await call()).toBe(200);
  await local.dynamo.send(
    new UpdateItemCommand({
      TableName: 'Sessions',
      Key: { username: { S: 'made-up.officer' }, session: { S: 'SESSION#sign-in-of-made-up.officer' } },
      UpdateExpression: 'SET endedAtMs = :now',
      ExpressionAttributeValues: { ':now': { N: String(nowMs) } },
    }),
  );
  expect(await call()).toBe(401);
  expect(refusals()).toEqual(['Access-C']);
});

it('answers again once a fact is good again: nothing of a refusal is remembered [Acct-C]', async () => {
  const { call } = await made();
  await change({ suspended: { BOOL: true } });
  expect(await call()).toBe(403);
  await change({ suspended: { BOOL: false } });
  expect(await call()).toBe(200);
});

it('counts a record that cannot be understood, and refuses instead of failing', async () => {
  const { call, api } = await made();
  await change({ revision: { S: 'one' } });
  expect(await call()).toBe(403);
  expect(api.figures).toEqual(['MalformedFacts 1']);
  expect(api.events).toMatchObject([{ kind: 'refused', actor: { kind: 'stranger' } }]);
});

it.each(['people', 'devices', 'sessions', 'usedProofs'] as const)(
  'answers nothing while %s cannot be asked',
  async (store) => {
    const { call, api, seen } = await made(store);
    expect(await call()).toBe(500);
    expect(seen).toEqual([]);
    expect(api.reports).toHaveLength(1);
  },
);

/** The real stores and rules behind one operation for users on duty, called by the officer's phone. */
async function made(broken?: 'people' | 'devices' | 'sessions' | 'usedProofs') {
  const api = madeApi([], { configuration });
  const at = (store: typeof broken) => (store === broken ? nowhere() : local.dynamo);
  const now = () => nowMs;
  const onMalformed = () => {};
  const registry = new StoredDeviceRegistry({ dynamo: local.dynamo, table: 'Devices', onMalformed });
  await local.dynamo.send(
    new DeleteItemCommand({ TableName: 'Devices', Key: { deviceId: { S: phone.deviceId } } }),
  );
  await registry.register(phone);
  const duties = new StoredDuties({ dynamo: local.dynamo, table: 'Duty' });
  await duties.begin('made-up.officer', nowMs + hourMs);
  const seen: string[] = [];
  const deps = {
    ...api.deps,
    people: new StoredPeople({ dynamo: at('people'), ...tables, training: configuration.training, now }),
    devices: new StoredDeviceRegistry({ dynamo: at('devices'), table: 'Devices', onMalformed }),
    sessions: new StoredSessions({ dynamo: at('sessions'), table: 'Sessions', onMalformed }),
    usedProofs: new StoredUsedProofs({ dynamo: at('usedProofs'), table: 'Proofs', now }),
  };
  const handler = apiHandler({
    operation: 'list-alerts',
    deps,
    handle: async (_, { person }) => {
      const decision = decide({ person, operation: 'list-alerts', networks: ['bloomington'], nowMs });
      if (decision.kind === 'deny') return { kind: 'refused', denial: decision };
      seen.push(person.username);
      return { kind: 'answer', body: { alerts: [], truncated: false } };
    },
  });
  const call = async () => {
    const proofId = `made-up-proof-${String(proofs++).padStart(4, '0')}`;
    const proof = madeProof({ method: 'POST', url: 'https://alpr.example.org/live/v1/searches', proofId });
    const facts = { address: '198.51.100.7', claims: { client_id: 'mobile-client' }, proof };
    return (await handler(madeCall(facts), madeContext())).statusCode;
  };
  const refusals = () =>
    api.events.flatMap((each) => (each.kind === 'refused' ? [each.decision.clause] : []));
  return { call, refusals, api, seen, registry, duties };
}

/** Writes the officer's record with some of its attributes as they are given. */
async function change(facts: Row): Promise<void> {
  const Item = { ...rowOf(madeRecord()), ...facts };
  await local.dynamo.send(new PutItemCommand({ TableName: 'People', Item }));
}
