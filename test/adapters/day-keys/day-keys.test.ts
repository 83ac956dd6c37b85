import { randomBytes } from 'node:crypto';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand } from '@aws-sdk/client-kms';
import { StoredDayKeys } from '../../../adapters/day-keys/day-keys';
import { KeyDestruction } from '../../../adapters/day-keys/key-destruction';
import { StoreError } from '../../../adapters/stores/store-error';
import { type CaptureDay, captureDay } from '../../../core/retention/day';
import { DayKeyGone } from '../../../core/retention/day-key';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';
import { beforeCommand, injectFaults } from '../faults';
import { madeKms } from '../made-kms';

const table = 'DayKeys';
const today = captureDay(Date.parse('2026-11-02T00:00:00Z'));
let server: TestDynamo;
let kms: ReturnType<typeof madeKms>;
let nowMs: number;

beforeAll(async () => {
  server = await startDynamo();
  await createTable(server.dynamo, { name: table, key: [['day', 'S']] });
});
afterAll(() => server.stop());
beforeEach(async () => {
  kms = madeKms();
  nowMs = Date.parse('2026-11-02T12:00:00Z');
  for (const day of ['2026-10-01', '2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'])
    await server.dynamo.send(new DeleteItemCommand({ TableName: table, Key: { day: { S: day } } }));
});

function dayKeys(dynamo = server.dynamo) {
  return new StoredDayKeys({
    dynamo,
    kms: kms.kms,
    table,
    wrappingKeyId: 'made-up-key',
    retentionDays: 30,
    now: () => nowMs,
    randomBytes,
  });
}

const rowOf = async (day: CaptureDay) =>
  (await server.dynamo.send(new GetItemCommand({ TableName: table, Key: { day: { S: day } } }))).Item;
const sealedBy = async (keys: StoredDayKeys) =>
  (await keys.forWriting(today))?.seal(Buffer.from('content'), 'row') ?? new Uint8Array();
const openedBy = async (keys: StoredDayKeys, sealed: Uint8Array) =>
  Buffer.from((await keys.forReading(today))?.open(sealed, 'row') ?? []).toString();

describe('the day keys', () => {
  it('are made once by whoever writes first, and open for everyone else', async () => {
    const sealed = await sealedBy(dayKeys());
    expect(await openedBy(dayKeys(), sealed)).toBe('content');
    expect(await openedBy(dayKeys(), await sealedBy(dayKeys()))).toBe('content');
    expect(kms.made()).toBe(1);
  });

  it('are not made by reading', async () => {
    expect(await dayKeys().forReading(today)).toBeUndefined();
    expect(await rowOf(today)).toBeUndefined();
  });

  it('are bound to their day by the encryption context', async () => {
    await dayKeys().forWriting(today);
    const row = await rowOf(today);
    await server.dynamo.send(
      new PutItemCommand({ TableName: table, Item: { ...row, day: { S: '2026-11-01' } } }),
    );
    await expect(dayKeys().forReading(captureDay(nowMs - 86_400_000))).rejects.toThrow(StoreError);
  });

  it('made at the same time by many processes are one key', async () => {
    const writers = Array.from({ length: 8 }, () => dayKeys(server.client()));
    const sealed = await Promise.all(writers.map(sealedBy));
    const reader = dayKeys();
    for (const each of sealed) expect(await openedBy(reader, each)).toBe('content');
  });

  it('lost in the race to another maker are the winner’s', async () => {
    const winner = dayKeys();
    const loser = dayKeys(
      beforeCommand(server.client(), 'PutItemCommand', async () => {
        await winner.forWriting(today);
      }),
    );
    const sealed = await sealedBy(loser);
    expect(kms.made()).toBe(2);
    expect(await openedBy(winner, sealed)).toBe('content');
  });

  it('are never made again for a forgotten day, even if it is forgotten during the making [Storage-A]', async () => {
    const maker = dayKeys(
      beforeCommand(server.client(), 'PutItemCommand', async () => {
        await server.dynamo.send(
          new PutItemCommand({
            TableName: table,
            Item: { day: { S: today }, destroyedAtMs: { N: '1' } },
          }),
        );
      }),
    );
    expect(await maker.forWriting(today)).toBeUndefined();
    expect(await rowOf(today)).toEqual({ day: { S: today }, destroyedAtMs: { N: '1' } });
    expect(await dayKeys().forWriting(today)).toBeUndefined();
  });

  it.each(['not-done', 'done-but-lost'] as const)(
    'survive a maker whose put was %s: the next one makes or finds the one key',
    async (fault) => {
      let puts = 0;
      const faulty = injectFaults(server.client(), (command) =>
        command === 'PutItemCommand' && puts++ === 0 ? fault : undefined,
      );
      const maker = dayKeys(faulty);
      await expect(maker.forWriting(today)).rejects.toThrow(StoreError);
      const sealed = await sealedBy(maker);
      expect(await openedBy(dayKeys(), sealed)).toBe('content');
    },
  );

  it('of days that are 30 days old exist no more, whatever the table holds [Storage-A]', async () => {
    const keys = dayKeys();
    const key = await keys.forWriting(today);
    nowMs = Date.parse('2026-12-01T22:00:00.000Z');
    expect(await keys.forReading(today)).toBeUndefined();
    expect(await keys.forWriting(today)).toBeUndefined();
    expect(await dayKeys().forReading(today)).toBeUndefined();
    expect(() => key?.seal(new Uint8Array(), 'row')).toThrow(DayKeyGone);
  });

  it('are made for tomorrow, because cameras’ clocks run ahead, but for no later day', async () => {
    expect(await dayKeys().forWriting(captureDay(Date.parse('2026-11-03T00:00:00Z')))).toBeDefined();
    expect(await dayKeys().forWriting(captureDay(Date.parse('2026-11-04T00:00:00Z')))).toBeUndefined();
  });

  it('in memory are used for a minute without asking, then only while the table still has them', async () => {
    const keys = dayKeys();
    const key = await keys.forWriting(today);
    nowMs += 59_999;
    expect(await keys.forReading(today)).toBe(key);
    await new KeyDestruction(server.dynamo, table).destroy(today, nowMs);
    expect(await keys.forReading(today)).toBe(key);
    nowMs += 1;
    expect(await keys.forReading(today)).toBeUndefined();
    expect(() => key?.seal(new Uint8Array(), 'row')).toThrow(DayKeyGone);
  });

  it('are confirmed without asking KMS again', async () => {
    const keys = dayKeys();
    const key = await keys.forWriting(today);
    nowMs += 60_000;
    expect(await keys.forReading(today)).toBe(key);
    expect(kms.opened()).toBe(0);
  });

  it('are not used beyond their minute when the table cannot be asked', async () => {
    let isDown = false;
    const keys = dayKeys(injectFaults(server.client(), () => (isDown ? 'not-done' : undefined)));
    await keys.forWriting(today);
    isDown = true;
    nowMs += 60_000;
    await expect(keys.forReading(today)).rejects.toThrow(StoreError);
  });

  it('asked for by many callers at once are opened once', async () => {
    await dayKeys().forWriting(today);
    const keys = dayKeys();
    const found = await Promise.all(Array.from({ length: 20 }, () => keys.forReading(today)));
    expect(new Set(found).size).toBe(1);
    expect(kms.opened()).toBe(1);
  });

  it('that KMS refuses to open are an error, not an empty day', async () => {
    await dayKeys().forWriting(today);
    kms.mock.on(DecryptCommand).rejects(new Error('AccessDeniedException'));
    await expect(dayKeys().forReading(today)).rejects.toThrow(StoreError);
  });
});
