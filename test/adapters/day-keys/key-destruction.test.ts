import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KeyDestruction } from '../../../adapters/day-keys/key-destruction';
import { StoreError } from '../../../adapters/stores/store-error';
import { type CaptureDay, captureDay } from '../../../core/retention/day';
import { daysDue, daysKept, oldestKeyAgeHours } from '../../../core/retention/forgetting';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';

const table = 'DayKeys';
const live = captureDay(Date.parse('2026-10-01T00:00:00Z'));
const absent = captureDay(Date.parse('2026-10-02T00:00:00Z'));
let server: TestDynamo;
let destruction: KeyDestruction;

beforeAll(async () => {
  server = await startDynamo();
  await createTable(server.dynamo, { name: table, key: [['day', 'S']] });
});
afterAll(() => server.stop());
beforeEach(async () => {
  destruction = new KeyDestruction(server.dynamo, table);
  await server.dynamo.send(
    new PutItemCommand({
      TableName: table,
      Item: { day: { S: live }, wrappedKey: { B: Buffer.from('wrapped') }, createdAtMs: { N: '5' } },
    }),
  );
});

const rowOf = async (day: CaptureDay) =>
  (await server.dynamo.send(new GetItemCommand({ TableName: table, Key: { day: { S: day } } }))).Item;

describe('the destruction of a day key', () => {
  it('leaves a tombstone without the wrapped key [Storage-A]', async () => {
    expect(await destruction.destroy(live, 100)).toBe(100);
    expect(await rowOf(live)).toEqual({
      day: { S: '2026-10-01' },
      createdAtMs: { N: '5' },
      destroyedAtMs: { N: '100' },
    });
  });

  it('done twice keeps the first time', async () => {
    await destruction.destroy(live, 100);
    expect(await destruction.destroy(live, 200)).toBe(100);
    expect((await rowOf(live))?.destroyedAtMs).toEqual({ N: '100' });
  });

  it('makes no row for a day without one', async () => {
    await expect(destruction.destroy(absent, 100)).rejects.toThrow(StoreError);
    expect(await rowOf(absent)).toBeUndefined();
  });

  it('is told apart: live, destroyed, settled, absent', async () => {
    expect(await destruction.states([live, absent])).toEqual(new Map([[live, { kind: 'live' }]]));
    await destruction.destroy(live, 100);
    expect((await destruction.states([live])).get(live)).toEqual({ kind: 'destroyed', destroyedAtMs: 100 });
    await destruction.settle(live, 300);
    expect((await destruction.states([live])).get(live)).toEqual({ kind: 'settled', destroyedAtMs: 100 });
  });

  it('finds a key that an outage left behind for more than a year, asking 100 days at a time [Storage-A]', async () => {
    const nowMs = Date.parse('2027-10-31T12:00:00Z');
    const states = await destruction.states([...daysDue(nowMs, 30), ...daysKept(nowMs, 30)]);
    expect(states).toEqual(new Map([[live, { kind: 'live' }]]));
    expect(oldestKeyAgeHours(states, nowMs)).toBe(9492);
  });

  it('cannot be settled before it happened', async () => {
    await expect(destruction.settle(live, 300)).rejects.toThrow(StoreError);
  });
});
