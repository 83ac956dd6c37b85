import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { ReadsStore } from '../../../adapters/reads/reads-store';
import { StoreError } from '../../../adapters/stores/store-error';
import type { Read } from '../../../core/reads/read';
import { openRead, sealRead } from '../../../core/reads/sealed-read';
import { captureDay } from '../../../core/retention/day';
import type { DayKey } from '../../../core/retention/day-key';
import { madePlate } from '../../core/plate/made-plate';
import { capturedAtMs, madeRead } from '../../core/reads/made-read';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';
import { injectFaults } from '../faults';
import { madeDayKeys } from '../made-day-keys';

let server: TestDynamo;
let table: string;
let tables = 0;
let nowMs: number;

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());
beforeEach(async () => {
  nowMs = capturedAtMs + 1000;
  table = `Reads${tables++}`;
  await createTable(server.dynamo, {
    name: table,
    key: [
      ['plateKey', 'B'],
      ['placeTime', 'S'],
    ],
    index: {
      name: 'by-place',
      key: [
        ['placeKey', 'B'],
        ['placeTime', 'S'],
      ],
    },
  });
});

const dayKeys = madeDayKeys(() => nowMs);
const store = (dynamo = server.dynamo) => new ReadsStore({ dynamo, table, dayKeys, retentionDays: 30 });
const day = captureDay(capturedAtMs);
const keyOf = async (): Promise<DayKey> => {
  const key = await dayKeys.forReading(day);
  if (key === undefined) throw new Error('no key');
  return key;
};
const rows = async () => (await server.dynamo.send(new ScanCommand({ TableName: table }))).Items ?? [];
const numbered = (count: number): Read[] =>
  Array.from({ length: count }, (_, n) =>
    madeRead({ readId: `0b0c3a52-6a5e-4d0e-9a53-${String(n).padStart(12, '0')}` }),
  );

describe('the reads store', () => {
  it('finds a read by its plate and by its camera’s hour, and opens it', async () => {
    const put = await store().put([madeRead()]);
    expect(put).toMatchObject({ stored: [madeRead()], forgotten: [], failed: [] });

    const key = await keyOf();
    const byPlate = await store().byPlate(day, key.plateKey(madePlate('TE5TI23')));
    const byPlace = await store().byPlace(day, key.placeKey('bloomington', 'fixed-1', '2026-11-02T12'));
    expect(byPlate.map((row) => openRead(key, row))).toEqual([madeRead()]);
    expect(byPlace.map((row) => openRead(key, row))).toEqual([madeRead()]);
    expect(byPlate[0]?.network).toBe('bloomington');
    expect(await store().byPlate(day, key.plateKey(madePlate('TEST124')))).toEqual([]);
  });

  it('stores a read once, however often it comes', async () => {
    await store().put([madeRead(), madeRead()]);
    await store().put([madeRead()]);
    expect(await rows()).toHaveLength(1);
  });

  it('keeps a stored read as it is when its id comes again with other content [Acct-D]', async () => {
    await store().put([madeRead()]);
    const other = madeRead({ confidence: 0.1, position: { latitude: 41, longitude: -88 } });
    expect((await store().put([other])).failed).toEqual([]);
    const key = await keyOf();
    const found = await store().byPlate(day, key.plateKey(madePlate('TEST123')));
    expect(found.map((row) => openRead(key, row))).toEqual([madeRead()]);
  });

  it('shows no plate in a row, and ends it when its day is forgotten [Storage-A]', async () => {
    await store().put([madeRead()]);
    const [row] = await rows();
    expect(Object.keys(row ?? {}).sort()).toEqual([
      'day',
      'expiresAt',
      'placeKey',
      'placeTime',
      'plateKey',
      'sealed',
    ]);
    expect(row?.expiresAt).toEqual({ N: '1796162400' });
    expect(Buffer.from(row?.sealed?.B ?? []).includes('TEST')).toBe(false);
  });

  it('stores more reads than one call takes and finds them all', async () => {
    const put = await store().put(numbered(60));
    expect(put.stored).toHaveLength(60);
    expect(await store().byPlate(day, (await keyOf()).plateKey(madePlate('TEST123')))).toHaveLength(60);
  });

  it('stores nothing of a forgotten day and says so [Storage-A]', async () => {
    const old = madeRead({ capturedAtMs: capturedAtMs - 31 * 86_400_000 });
    const put = await store().put([old, madeRead()]);
    expect(put.forgotten).toEqual([old]);
    expect(put.stored).toEqual([madeRead()]);
    expect(await rows()).toHaveLength(1);
  });

  it.each(['not-done', 'done-but-lost'] as const)(
    'says which reads to put again when a call was %s, and putting them again makes no second row',
    async (fault) => {
      let calls = 0;
      const faulty = injectFaults(server.client(), (command) =>
        command === 'PutItemCommand' && calls++ === 0 ? fault : undefined,
      );
      const put = await store(faulty).put(numbered(30));
      expect(put.failed.length + put.stored.length).toBe(30);
      expect(put.failed).toHaveLength(1);
      expect(put.causes).toHaveLength(1);
      await store(faulty).put(put.failed);
      expect(await rows()).toHaveLength(30);
    },
  );

  it('goes on to the next page of rows, and never answers in part', async () => {
    const sealed = sealRead(await keyOf(), madeRead());
    const row = { placeTime: { S: sealed.placeTime }, sealed: { B: sealed.sealed } };
    const paged = server.client();
    const mock = mockClient(paged);
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [row], LastEvaluatedKey: { placeTime: { S: 'a' } } })
      .resolvesOnce({ Items: [row] });
    expect(await store(paged).byPlate(day, new Uint8Array(16))).toHaveLength(2);
    expect(mock.commandCalls(QueryCommand)[1]?.args[0].input.ExclusiveStartKey).toEqual({
      placeTime: { S: 'a' },
    });

    mock.reset();
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [row], LastEvaluatedKey: { placeTime: { S: 'a' } } })
      .rejects();
    await expect(store(paged).byPlate(day, new Uint8Array(16))).rejects.toThrow(StoreError);
  });
});
