import { AlertsStore } from '../../../adapters/alerts/alerts';
import { StoreError } from '../../../adapters/stores/store-error';
import type { Alert } from '../../../core/alerts/alert';
import { captureDay } from '../../../core/retention/day';
import { madeAlert, madeRecord, madeSighting } from '../../core/alerts/made-alert';
import { capturedAtMs } from '../../core/reads/made-read';
import { startDynamo, type TestDynamo } from '../dynoxide';
import { injectFaults } from '../faults';
import { madeDayKeys } from '../made-day-keys';
import { alertRow, clearText, makeAlertTables, rowsOf, tamper } from './alert-tables';

let server: TestDynamo;
let table: string;
let nowMs: number;

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());
beforeEach(async () => {
  nowMs = capturedAtMs + 10_000;
  table = (await makeAlertTables(server)).alerts;
});

const dayKeys = madeDayKeys(() => nowMs);
const store = (dynamo = server.dynamo) => new AlertsStore({ dynamo, table, dayKeys, retentionDays: 30 });
const day = captureDay(capturedAtMs);
const rows = () => rowsOf(server.dynamo, table);
const query = { sinceMs: capturedAtMs, networks: ['bloomington'], limit: 10 };
const since = async (changes = {}) => (await store().since(day, { ...query, ...changes })).alerts;
const recordOf = (alert: Alert, ...trail: ReturnType<typeof madeSighting>[]) => madeRecord({ alert, trail });

describe('raising an alert', () => {
  it('stores it sealed under its read’s capture day, with nothing of the vehicle or the entry in clear [Storage-A] [Policy-H.a]', async () => {
    const raised = madeAlert();
    expect(await store().raise(raised)).toBe('raised');
    const [row] = await rows();
    expect(row).toEqual({
      alertId: { S: raised.alertId },
      day: { S: '2026-11-02' },
      raisedAtMs: { N: String(capturedAtMs + 1) },
      networks: { SS: ['bloomington'] },
      state: { S: 'open' },
      sealed: { B: expect.any(Uint8Array) },
      trail: { M: {} },
      notifications: { M: {} },
      expiresAt: { N: '1796162400' },
    });
    for (const clear of ['TEST123', 'felony', 'sedan', raised.entryId])
      expect(clearText(row)).not.toContain(clear);
  });

  it('changes nothing when the alert is known', async () => {
    await store().raise(madeAlert());
    const before = await rows();
    expect(await store().raise(madeAlert(1, { raisedAtMs: capturedAtMs + 5000 }))).toBe('known');
    expect(await rows()).toEqual(before);
  });

  it('stores nothing of a day that is forgotten [Storage-A]', async () => {
    nowMs = Date.parse('2026-12-01T22:00:00Z');
    expect(await store().raise(madeAlert())).toBe('forgotten');
    expect(await store().sight(madeAlert(), madeSighting(1))).toBe('forgotten');
    expect(await rows()).toEqual([]);
  });

  it('is an error when the table cannot be written', async () => {
    const dynamo = injectFaults(server.client(), () => 'not-done');
    await expect(store(dynamo).raise(madeAlert())).rejects.toThrow(StoreError);
    await expect(store(dynamo).sight(madeAlert(), madeSighting(1))).rejects.toThrow(StoreError);
  });
});

describe('a further sighting', () => {
  it('is kept sealed beside the alert, once for each read [Storage-A]', async () => {
    const alert = madeAlert();
    await store().raise(alert);
    expect(await store().sight(alert, madeSighting(2))).toBe('stored');
    expect(await store().sight(alert, madeSighting(1, { network: 'normal' }))).toBe('stored');
    expect(await store().sight(alert, madeSighting(2, { confidence: 0.5 }))).toBe('known');
    const everywhere = { networks: ['bloomington', 'normal'] };
    expect(await since(everywhere)).toEqual([
      recordOf(alert, madeSighting(1, { network: 'normal' }), madeSighting(2)),
    ]);
    const row = await alertRow(server.dynamo, table, alert.alertId);
    expect(row?.networks?.SS?.sort()).toEqual(['bloomington', 'normal']);
    for (const clear of ['TEST123', 'fixed-1']) expect(clearText(row)).not.toContain(clear);
  });

  it('is never lost to another one at the same moment', async () => {
    const alert = madeAlert();
    await store().raise(alert);
    const all = Array.from({ length: 20 }, (_, n) => madeSighting(n + 1));
    await Promise.all(all.map((each) => store(server.client()).sight(alert, each)));
    expect(await since()).toEqual([recordOf(alert, ...all)]);
  });

  it('is left out when fifty are kept', async () => {
    const alert = madeAlert();
    await store().raise(alert);
    for (let n = 1; n <= 50; n++) await store().sight(alert, madeSighting(n));
    expect(await store().sight(alert, madeSighting(51))).toBe('full');
    expect(await store().sight(alert, madeSighting(50))).toBe('known');
    expect((await since())[0]?.trail).toHaveLength(50);
  });
});

describe('the alerts of a capture day', () => {
  it('come back whole, newest first, since a moment', async () => {
    for (const n of [1, 3, 2]) await store().raise(madeAlert(n));
    expect(await store().since(day, { ...query, sinceMs: capturedAtMs + 2 })).toEqual({
      alerts: [recordOf(madeAlert(3)), recordOf(madeAlert(2))],
      unreadable: 0,
    });
  });

  it('are no more than asked for', async () => {
    for (const n of [1, 2, 3]) await store().raise(madeAlert(n));
    expect(await since({ limit: 2 })).toEqual([recordOf(madeAlert(3)), recordOf(madeAlert(2))]);
  });

  it('stay sealed when they are of another network, also when their row says otherwise [Access-D]', async () => {
    await store().raise(madeAlert(1));
    const other = madeAlert(2, { network: 'normal' });
    await store().raise(other);
    expect(await since()).toEqual([recordOf(madeAlert(1))]);
    const at = { table, alertId: other.alertId, attribute: 'networks' };
    await tamper(server.dynamo, at, { SS: ['bloomington'] });
    expect(await since()).toEqual([recordOf(madeAlert(1))]);
  });

  it('show a vehicle from the first network in scope on, whoever saw it before [Access-D]', async () => {
    const alert = madeAlert(1, { network: 'normal' });
    await store().raise(alert);
    await store().sight(alert, madeSighting(4));
    const [seen] = await since();
    expect(seen?.alert).toMatchObject({
      alertId: alert.alertId,
      network: 'bloomington',
      cameraId: 'fixed-4',
    });
    expect(seen?.trail).toEqual([]);
  });

  it.each(['altered', 'moved from another alert', 'moved from another part'])(
    'are told without one that was %s, which is counted',
    async (how) => {
      const [kept, broken] = [madeAlert(1), madeAlert(2)];
      for (const each of [kept, broken]) await store().raise(each);
      await store().sight(broken, madeSighting(1));
      const row = await alertRow(server.dynamo, table, kept.alertId);
      const own = await alertRow(server.dynamo, table, broken.alertId);
      const sealed = {
        altered: Buffer.alloc(200),
        'moved from another alert': row?.sealed?.B,
        'moved from another part': Object.values(own?.trail?.M ?? {})[0]?.B,
      }[how];
      const at = { table, alertId: broken.alertId, attribute: 'sealed' };
      await tamper(server.dynamo, at, { B: sealed ?? Buffer.alloc(0) });
      expect(await store().since(day, query)).toEqual({ alerts: [recordOf(kept)], unreadable: 1 });
    },
  );

  it('are told without one whose trail was changed, which is counted', async () => {
    await store().raise(madeAlert());
    await store().sight(madeAlert(), madeSighting(1));
    const own = await alertRow(server.dynamo, table, madeAlert().alertId);
    const part = Object.values(own?.trail?.M ?? {})[0] ?? { NULL: true };
    const at = { table, alertId: madeAlert().alertId, attribute: 'trail' };
    await tamper(server.dynamo, at, { M: { [madeSighting(2).readId]: part } });
    expect(await store().since(day, query)).toEqual({ alerts: [], unreadable: 1 });
  });

  it('are gone with the day’s key, whatever the table still holds [Storage-A]', async () => {
    await store().raise(madeAlert(1));
    nowMs = Date.parse('2026-12-01T22:00:00Z');
    expect(await rows()).toHaveLength(1);
    expect(await store().since(day, query)).toEqual({ alerts: [], unreadable: 0 });
  });

  it('are an error when the table cannot be read', async () => {
    const dynamo = injectFaults(server.client(), () => 'not-done');
    await expect(store(dynamo).since(day, query)).rejects.toThrow(StoreError);
  });
});
