import { StoredAlertRecords } from '../../../adapters/alerts/alert-records';
import { StoredAlertSteps } from '../../../adapters/alerts/alert-steps';
import { AlertsStore } from '../../../adapters/alerts/alerts';
import { StoredWaitingAlerts } from '../../../adapters/alerts/waiting-alerts';
import { captureDay } from '../../../core/retention/day';
import { madeAlert, madeRecord, madeVerified } from '../../core/alerts/made-alert';
import { capturedAtMs } from '../../core/reads/made-read';
import { startDynamo, type TestDynamo } from '../dynoxide';
import { injectFaults } from '../faults';
import { madeDayKeys } from '../made-day-keys';
import { makeAlertTables } from './alert-tables';

let server: TestDynamo;
let tables: { readonly alerts: string; readonly suppressions: string };

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());
beforeEach(async () => {
  tables = await makeAlertTables(server);
  const store = new AlertsStore({ ...at(), retentionDays: 30 });
  for (const n of [3, 1, 2]) await store.raise(madeAlert(n));
});

const dayKeys = madeDayKeys(() => capturedAtMs + 10_000);
const at = () => ({ dynamo: server.dynamo, table: tables.alerts, dayKeys });
const waiting = () => new StoredWaitingAlerts(at());
const steps = () =>
  new StoredAlertSteps({ ...at(), suppressionsTable: tables.suppressions, retentionDays: 30 });
const records = () => new StoredAlertRecords(at());
const ids = (...ns: number[]) => ns.map((n) => madeAlert(n).alertId);
const list = (beforeMs = capturedAtMs + 100, limit = 50) =>
  waiting().waiting(captureDay(capturedAtMs), beforeMs, limit);

it('are the open alerts raised before a moment, oldest first and no more than asked for', async () => {
  expect(await list()).toEqual(ids(1, 2, 3));
  expect(await list(capturedAtMs + 3)).toEqual(ids(1, 2));
  expect(await list(capturedAtMs + 100, 2)).toEqual(ids(1, 2));
});

it('are none that somebody took on, verified or rejected', async () => {
  const by = { acknowledgedBy: 'made-up.officer', acknowledgedAtMs: capturedAtMs };
  await steps().storeAcknowledgement(madeRecord({ alert: madeAlert(1) }), by);
  await steps().storeVerification(madeRecord({ alert: madeAlert(2) }), madeVerified(), undefined);
  expect(await list()).toEqual(ids(3));
});

it('are marked once, with the time of the first marking, and wait until everybody was told', async () => {
  const [first = ''] = ids(1);
  expect(await waiting().markEscalated(first, 500)).toBe(500);
  expect(await waiting().markEscalated(first, 900)).toBe(500);
  expect((await records().find(first))?.escalatedAtMs).toBe(500);
  expect(await list()).toEqual(ids(1, 2, 3));
  await waiting().closeEscalation(first, 1000);
  expect(await list()).toEqual(ids(2, 3));
  expect(await waiting().markEscalated(first, 1100)).toBeUndefined();
  expect((await records().find(first))?.escalatedAtMs).toBe(500);
});

it('are not marked when somebody takes them on in the same moment', async () => {
  const by = { acknowledgedBy: 'made-up.officer', acknowledgedAtMs: capturedAtMs };
  await steps().storeAcknowledgement(madeRecord({ alert: madeAlert(1) }), by);
  const [first = ''] = ids(1);
  expect(await waiting().markEscalated(first, 500)).toBeUndefined();
  expect((await records().find(first))?.escalatedAtMs).toBeUndefined();
});

it('are none where the alert is not there', async () => {
  expect(await waiting().markEscalated(madeAlert(9).alertId, 500)).toBeUndefined();
});

it('are an error when the table cannot be asked', async () => {
  const dynamo = injectFaults(server.client(), () => 'not-done');
  const broken = new StoredWaitingAlerts({ ...at(), dynamo });
  await expect(broken.waiting(captureDay(capturedAtMs), 1, 1)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(broken.markEscalated(madeAlert().alertId, 1)).rejects.toMatchObject({ code: 'unavailable' });
});
