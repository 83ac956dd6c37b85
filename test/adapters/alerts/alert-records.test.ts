import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { StoredAlertRecords } from '../../../adapters/alerts/alert-records';
import { contextOf } from '../../../adapters/alerts/alert-row';
import { AlertsStore } from '../../../adapters/alerts/alerts';
import type { Disposition } from '../../../core/alerts/life-cycle';
import { captureDay } from '../../../core/retention/day';
import { madeAlert, madeVerified } from '../../core/alerts/made-alert';
import { capturedAtMs } from '../../core/reads/made-read';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';
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
  await alerts().raise(alert);
});

const dayKeys = madeDayKeys(() => nowMs);
const alert = madeAlert();
const alerts = () => new AlertsStore({ dynamo: server.dynamo, table, dayKeys, retentionDays: 30 });
const records = () => new StoredAlertRecords({ dynamo: server.dynamo, table, dayKeys });
const verification = madeVerified({
  registrationQuery: { reference: 'made-up-1', finding: 'confirmed' },
  verifiedAtMs: capturedAtMs + 60_000,
});
const disposition: Disposition = {
  kind: 'stopped',
  atMs: capturedAtMs + 90_000,
  suspicion: 'The driver matches the description.',
  recordedBy: 'made-up.officer',
  recordedAtMs: capturedAtMs + 100_000,
};
const row = async () =>
  (await server.dynamo.send(new GetItemCommand({ TableName: table, Key: { alertId: { S: alert.alertId } } })))
    .Item;
const set = (field: string, value: { S: string } | { B: Uint8Array }) =>
  server.dynamo.send(
    new UpdateItemCommand({
      TableName: table,
      Key: { alertId: { S: alert.alertId } },
      UpdateExpression: 'SET #field = :value',
      ExpressionAttributeNames: { '#field': field },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
const stateListed = async () =>
  (
    await alerts().since(captureDay(capturedAtMs), { sinceMs: 0, networks: ['bloomington'], limit: 9 })
  ).alerts.map((each) => each.state);

it('finds an alert as it was raised, and nothing for an id that was never raised', async () => {
  expect(await records().find(alert.alertId)).toEqual({ alert });
  expect(await records().find(madeAlert(2).alertId)).toBeUndefined();
});

it('keeps the checklist and what came of it, and lists show the state [Policy-G]', async () => {
  const store = records();
  expect(await store.storeVerification({ alert }, verification)).toBe('stored');
  const verified = { alert: { ...alert, state: 'verified' as const }, verification };
  expect(await store.find(alert.alertId)).toEqual(verified);
  expect(await store.storeDisposition(verified, disposition)).toBe('stored');
  expect(await store.find(alert.alertId)).toEqual({ ...verified, disposition });
  expect(await stateListed()).toEqual(['verified']);
});

it('holds nothing of the vehicle or of the suspicion in clear [Storage-A]', async () => {
  await records().storeVerification({ alert }, verification);
  await records().storeDisposition({ alert }, disposition);
  const bytes = JSON.stringify(await row(), (_, each: unknown) =>
    each instanceof Uint8Array ? Buffer.from(each).toString('latin1') : each,
  );
  expect(bytes).toContain('"verified"');
  for (const clear of ['TEST123', 'red', 'made-up-1', 'driver']) expect(bytes).not.toContain(clear);
});

it('lets the first of two users stand', async () => {
  const both = await Promise.all([
    records().storeVerification({ alert }, verification),
    records().storeVerification({ alert }, { ...verification, verifiedBy: 'made-up.other' }),
  ]);
  expect(both.sort()).toEqual(['stored', 'too-late']);
});

it('stores no disposition on an alert that is not verified [Policy-G]', async () => {
  expect(await records().storeDisposition({ alert }, disposition)).toBe('too-late');
  expect((await records().find(alert.alertId))?.disposition).toBeUndefined();
});

it('believes the sealed verification, not the state in clear', async () => {
  await set('state', { S: 'verified' });
  expect((await records().find(alert.alertId))?.alert.state).toBe('open');
  expect(await stateListed()).toEqual(['open']);
});

it('refuses a row with a part from elsewhere', async () => {
  await set('verification', { B: (await row())?.sealed?.B ?? new Uint8Array() });
  await expect(records().find(alert.alertId)).rejects.toMatchObject({ code: 'malformed' });
});

it('binds each part to its alert, its day and its place', async () => {
  const other = madeAlert(2);
  await alerts().raise(other);
  await records().storeVerification({ alert: other }, verification);
  const { Item } = await server.dynamo.send(
    new GetItemCommand({ TableName: table, Key: { alertId: { S: other.alertId } } }),
  );
  await set('verification', { B: Item?.verification?.B ?? new Uint8Array() });
  await expect(records().find(alert.alertId)).rejects.toMatchObject({ code: 'malformed' });
  expect(
    (['sealed', 'verification', 'disposition'] as const).map((part) =>
      contextOf(captureDay(capturedAtMs), 'made-up', part),
    ),
  ).toEqual([
    'alert|2026-11-02|made-up',
    'alert|2026-11-02|made-up|verification',
    'alert|2026-11-02|made-up|disposition',
  ]);
});

it('is forgotten with its day [Storage-A]', async () => {
  nowMs = capturedAtMs + 31 * 86_400_000;
  expect(await records().find(alert.alertId)).toBeUndefined();
  expect(await records().storeVerification({ alert }, verification)).toBe('forgotten');
});
