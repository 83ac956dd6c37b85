import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { QuarantineStore } from '../../../adapters/quarantine/quarantine-store';
import { decodeRead } from '../../../core/reads/sealed-read';
import { captureDay } from '../../../core/retention/day';
import { capturedAtMs, madeRead } from '../../core/reads/made-read';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';
import { madeDayKeys } from '../made-day-keys';

let server: TestDynamo;
let table: string;
let tables = 0;
const arrivedAtMs = capturedAtMs + 2 * 86_400_000;
const dayKeys = madeDayKeys(() => arrivedAtMs + 1000);

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());
beforeEach(async () => {
  table = `Quarantine${tables++}`;
  await createTable(server.dynamo, {
    name: table,
    key: [
      ['hour', 'S'],
      ['arrival', 'S'],
    ],
  });
});

const store = () => new QuarantineStore({ dynamo: server.dynamo, table, dayKeys, retentionDays: 30 });
const rows = async () => (await server.dynamo.send(new ScanCommand({ TableName: table }))).Items ?? [];

describe('quarantine', () => {
  it('keeps a refused read sealed, under its capture day, with reason and clause in clear [Storage-A]', async () => {
    await store().put({ reason: 'moved', cameraId: 'fixed-1', arrivedAtMs, id: '1-0', read: madeRead() });
    const [row] = await rows();
    expect(row).toMatchObject({
      hour: { S: '2026-11-04T12' },
      arrival: { S: '1793793600000#1-0' },
      reason: { S: 'moved' },
      clause: { S: 'Policy-E' },
      cameraId: { S: 'fixed-1' },
      day: { S: '2026-11-02' },
      expiresAt: { N: '1796162400' },
    });
    const key = await dayKeys.forReading(captureDay(capturedAtMs));
    const opened = key?.open(row?.sealed?.B ?? new Uint8Array(), 'quarantine|2026-11-02|1793793600000#1-0');
    expect(decodeRead(opened ?? new Uint8Array())).toEqual(madeRead());
  });

  it('keeps one row of an arrival that is delivered twice', async () => {
    const refused = {
      reason: 'moved',
      cameraId: 'fixed-1',
      arrivedAtMs,
      id: '1-0',
      read: madeRead(),
    } as const;
    await store().put(refused);
    await store().put(refused);
    expect(await rows()).toHaveLength(1);
  });

  it.each([
    ['bytes that say nothing', { reason: 'undecodable' }],
    ['a read that is too old', { reason: 'too-old', read: madeRead({ capturedAtMs: 0 }) }],
    [
      'a read of a forgotten day, whatever else is wrong with it',
      { reason: 'unknown-camera', read: madeRead({ capturedAtMs: 0 }) },
    ],
    [
      'a read from the future, whose true age nobody knows',
      { reason: 'captured-in-future', read: madeRead({ capturedAtMs: arrivedAtMs + 86_400_000 }) },
    ],
  ] as const)('keeps only the facts of %s [Storage-A]', async (_, refused) => {
    await store().put({ ...refused, arrivedAtMs, id: '1' });
    const [row] = await rows();
    expect(row).toEqual({
      hour: { S: '2026-11-04T12' },
      arrival: { S: '1793793600000#1' },
      reason: { S: refused.reason },
      clause: { S: expect.any(String) },
      cameraId: { S: 'unknown' },
      day: { S: '2026-11-04' },
      expiresAt: { N: '1796335200' },
    });
  });
});
