import { ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { AlertsStore } from '../../../adapters/alerts/alerts';
import { StoreError } from '../../../adapters/stores/store-error';
import { type Alert, raiseAlert } from '../../../core/alerts/alert';
import type { Read } from '../../../core/reads/read';
import { captureDay } from '../../../core/retention/day';
import { entryIdOf } from '../../core/hot-list/made-entry';
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
  nowMs = capturedAtMs + 10_000;
  table = `Alerts${tables++}`;
  await createTable(server.dynamo, {
    name: table,
    key: [['alertId', 'S']],
    index: {
      name: 'by-day',
      key: [
        ['day', 'S'],
        ['raisedAtMs', 'N'],
      ],
    },
  });
});

const dayKeys = madeDayKeys(() => nowMs);
const store = (dynamo = server.dynamo) => new AlertsStore({ dynamo, table, dayKeys, retentionDays: 30 });
const day = captureDay(capturedAtMs);
const rows = async () => (await server.dynamo.send(new ScanCommand({ TableName: table }))).Items ?? [];
const alert = (n: number, changes: Partial<Read> = {}): Alert =>
  raiseAlert(
    madeRead({ readId: `0b0c3a52-6a5e-4d0e-9a53-${String(n).padStart(12, '0')}`, ...changes }),
    { entryId: entryIdOf(1), grade: 'exact' },
    capturedAtMs + n,
  );
const query = { sinceMs: capturedAtMs, networks: ['bloomington'], limit: 10 };
const change = (alertId: string, field: string, value: { S: string } | { B: Uint8Array }) =>
  server.dynamo.send(
    new UpdateItemCommand({
      TableName: table,
      Key: { alertId: { S: alertId } },
      UpdateExpression: 'SET #field = :value',
      ExpressionAttributeNames: { '#field': field },
      ExpressionAttributeValues: { ':value': value },
    }),
  );

describe('raising an alert', () => {
  it('stores it sealed under its read’s capture day, with nothing of the vehicle or the entry in clear [Storage-A] [Policy-H.a]', async () => {
    const raised = alert(1);
    expect(await store().raise(raised)).toEqual({ kind: 'raised', raisedAtMs: capturedAtMs + 1 });
    const [row] = await rows();
    expect(row).toEqual({
      alertId: { S: raised.alertId },
      day: { S: '2026-11-02' },
      raisedAtMs: { N: String(capturedAtMs + 1) },
      network: { S: 'bloomington' },
      state: { S: 'open' },
      sealed: { B: expect.any(Uint8Array) },
      expiresAt: { N: '1796162400' },
    });
    expect(Buffer.from(row?.sealed?.B ?? []).includes('TEST123')).toBe(false);
  });

  it('changes nothing when the same read and entry alert again, and tells when they first did', async () => {
    await store().raise(alert(1));
    const before = await rows();
    const again = { ...alert(1), raisedAtMs: capturedAtMs + 5000 };
    expect(await store().raise(again)).toEqual({ kind: 'known', raisedAtMs: capturedAtMs + 1 });
    expect(await rows()).toEqual(before);
  });

  it('stores nothing of a day that is forgotten [Storage-A]', async () => {
    nowMs = Date.parse('2026-12-01T22:00:00Z');
    expect(await store().raise(alert(1))).toEqual({ kind: 'forgotten' });
    expect(await rows()).toEqual([]);
  });

  it('is an error when the table cannot be written', async () => {
    const dynamo = injectFaults(server.client(), () => 'not-done');
    await expect(store(dynamo).raise(alert(1))).rejects.toThrow(StoreError);
  });
});

describe('the alerts of a capture day', () => {
  it('come back whole, newest first, since a moment', async () => {
    for (const n of [1, 3, 2]) await store().raise(alert(n));
    expect(await store().since(day, { ...query, sinceMs: capturedAtMs + 2 })).toEqual({
      alerts: [alert(3), alert(2)],
      unreadable: 0,
    });
  });

  it('are no more than asked for', async () => {
    for (const n of [1, 2, 3]) await store().raise(alert(n));
    expect((await store().since(day, { ...query, limit: 2 })).alerts).toEqual([alert(3), alert(2)]);
  });

  it('stay sealed when they are of another network, also when their row says otherwise [Access-D]', async () => {
    await store().raise(alert(1));
    const other = alert(2, { network: 'normal' });
    await store().raise(other);
    expect((await store().since(day, query)).alerts).toEqual([alert(1)]);
    await change(other.alertId, 'network', { S: 'bloomington' });
    expect((await store().since(day, query)).alerts).toEqual([alert(1)]);
  });

  it.each(['altered', 'moved from another alert'])(
    'are told without one whose seal was %s, which is counted',
    async (how) => {
      const [kept, broken] = [alert(1), alert(2)];
      await store().raise(kept);
      await store().raise(broken);
      const row = (await rows()).find((each) => each.alertId?.S === kept.alertId);
      await change(broken.alertId, 'sealed', {
        B: how === 'altered' ? Buffer.alloc(200) : (row?.sealed?.B ?? Buffer.alloc(0)),
      });
      expect(await store().since(day, query)).toEqual({ alerts: [kept], unreadable: 1 });
    },
  );

  it('are gone with the day’s key, whatever the table still holds [Storage-A]', async () => {
    await store().raise(alert(1));
    nowMs = Date.parse('2026-12-01T22:00:00Z');
    expect(await rows()).toHaveLength(1);
    expect(await store().since(day, query)).toEqual({ alerts: [], unreadable: 0 });
  });

  it('are an error when the table cannot be read', async () => {
    const dynamo = injectFaults(server.client(), () => 'not-done');
    await expect(store(dynamo).since(day, query)).rejects.toThrow(StoreError);
  });
});
