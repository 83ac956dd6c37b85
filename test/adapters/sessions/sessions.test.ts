import { PutItemCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { StoredSessions } from '../../../adapters/sessions/sessions';
import { madeUse, signedInAtMs } from '../../core/sessions/made-sessions';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

const minuteMs = 60_000;
const idleMs = 30 * minuteMs;
const phone = { client: 'mobile', device: 'department-phone', deviceId: 'A'.repeat(43) } as const;
let local: LocalDynamo;
let sessions: StoredSessions;
let malformed = 0;

beforeAll(async () => {
  local = await startDynamo();
});
afterAll(() => local.stop());
let tables = 0;
beforeEach(async () => {
  const table = `Sessions${tables++}`;
  await local.createTable(table, 'username', 'session');
  malformed = 0;
  sessions = new StoredSessions({ dynamo: local.dynamo, table, onMalformed: () => void malformed++ });
});

const touchAt = (minutes: number, facts: Parameters<typeof madeUse>[0] = {}) =>
  sessions.touch(madeUse({ atMs: signedInAtMs + minutes * minuteMs, ...facts }), idleMs);

it('says what stood before each use', async () => {
  expect(await touchAt(1, { place: 'Made-up station' })).toEqual({ kind: 'live', before: undefined });
  expect(await touchAt(2, { address: '198.51.100.7', ...phone })).toEqual({
    kind: 'live',
    before: {
      sessionId: 'sign-in-1',
      startedAtMs: signedInAtMs,
      lastSeenMs: signedInAtMs + minuteMs,
      address: '192.0.2.7',
      client: 'console',
      device: 'department-console',
      place: 'Made-up station',
    },
  });
  expect(await sessions.find('made-up.officer', 'sign-in-1')).toEqual({
    sessionId: 'sign-in-1',
    startedAtMs: signedInAtMs,
    lastSeenMs: signedInAtMs + 2 * minuteMs,
    address: '198.51.100.7',
    ...phone,
  });
});

it('ends a session that is silent for thirty minutes, and nothing brings it back [Access-C]', async () => {
  await touchAt(1);
  expect((await touchAt(31 - 1 / 60_000)).kind).toBe('live');
  expect((await touchAt(61)).kind).toBe('ended');
  expect((await touchAt(61)).kind).toBe('ended');
  expect((await sessions.find('made-up.officer', 'sign-in-1'))?.lastSeenMs).toBe(
    signedInAtMs + 31 * minuteMs - 1,
  );
});

it('counts the first use from the sign-in [Access-C]', async () => {
  expect((await touchAt(30)).kind).toBe('ended');
  expect(await sessions.find('made-up.officer', 'sign-in-1')).toBeUndefined();
  expect((await touchAt(30 - 1 / 60_000)).kind).toBe('live');
});

it('lets nobody use a session that was ended', async () => {
  await touchAt(1);
  await local.dynamo.send(
    new UpdateItemCommand({
      TableName: sessions.options.table,
      Key: { username: { S: 'made-up.officer' }, session: { S: 'SESSION#sign-in-1' } },
      UpdateExpression: 'SET endedAtMs = :at',
      ExpressionAttributeValues: { ':at': { N: '5' } },
    }),
  );
  expect((await touchAt(2)).kind).toBe('ended');
  expect((await sessions.find('made-up.officer', 'sign-in-1'))?.endedAtMs).toBe(5);
});

it('lists the other sessions of this user that were used since', async () => {
  await touchAt(1);
  await touchAt(2, { sessionId: 'sign-in-2' });
  await touchAt(5, { sessionId: 'sign-in-3', ...phone });
  await touchAt(5, { username: 'made-up.colleague', sessionId: 'sign-in-4' });
  const others = await sessions.others(madeUse(), signedInAtMs + 3 * minuteMs);
  expect(others).toMatchObject([{ sessionId: 'sign-in-3', client: 'mobile', deviceId: phone.deviceId }]);
});

it('leaves out the row of the last use, and one that cannot be understood, and tells of it', async () => {
  const put = (session: string, facts: object) =>
    local.dynamo.send(
      new PutItemCommand({
        TableName: sessions.options.table,
        Item: { username: { S: 'made-up.officer' }, session: { S: session }, ...facts },
      }),
    );
  const lastSeenMs = { N: String(signedInAtMs + 5 * minuteMs) };
  await put('LAST', { lastUsedMs: lastSeenMs });
  await put('SESSION#damaged', { lastSeenMs });
  expect(await sessions.others(madeUse(), 0)).toEqual([]);
  expect(malformed).toBe(1);
  await expect(touchAt(6, { sessionId: 'damaged' })).rejects.toMatchObject({ code: 'malformed' });
});

it('goes two days after its last use', async () => {
  await touchAt(1);
  const { Items } = await local.dynamo.send(new ScanCommand({ TableName: sessions.options.table }));
  expect(Items?.[0]?.expiresAt).toEqual({ N: String((signedInAtMs + minuteMs) / 1000 + 172_800) });
});
