import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { StoredAlertRecords } from '../../../adapters/alerts/alert-records';
import { contextOf } from '../../../adapters/alerts/alert-row';
import { StoredAlertSteps } from '../../../adapters/alerts/alert-steps';
import { AlertsStore } from '../../../adapters/alerts/alerts';
import { StoredSuppressions } from '../../../adapters/alerts/suppressions';
import type { Disposition } from '../../../core/alerts/alert-record';
import { suppressionOf } from '../../../core/alerts/suppression';
import { captureDay } from '../../../core/retention/day';
import { madeAlert, madeEntryId, madeRecord, madeRejected, madeVerified } from '../../core/alerts/made-alert';
import { madePlate } from '../../core/plate/made-plate';
import { capturedAtMs } from '../../core/reads/made-read';
import { startDynamo, type TestDynamo } from '../dynoxide';
import { injectFaults } from '../faults';
import { madeDayKeys } from '../made-day-keys';
import { alertRow, clearText, makeAlertTables, rowsOf, tamper } from './alert-tables';

let server: TestDynamo;
let tables: { readonly alerts: string; readonly suppressions: string };
let nowMs: number;

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());
beforeEach(async () => {
  nowMs = capturedAtMs + 10_000;
  tables = await makeAlertTables(server);
  await alerts().raise(alert);
});

const dayKeys = madeDayKeys(() => nowMs);
const at = (dynamo = server.dynamo) => ({ dynamo, table: tables.alerts, dayKeys, retentionDays: 30 });
const alerts = () => new AlertsStore(at());
const records = () => new StoredAlertRecords(at());
const steps = (dynamo = server.dynamo) =>
  new StoredAlertSteps({ ...at(dynamo), suppressionsTable: tables.suppressions });
const suppressions = () =>
  new StoredSuppressions({ dynamo: server.dynamo, table: tables.suppressions, dayKeys });
const row = () => alertRow(server.dynamo, tables.alerts, alert.alertId);

const alert = madeAlert(1, { plate: madePlate('TEST12B'), grade: 'look-alike' });
const record = madeRecord({ alert });
const acknowledgement = {
  acknowledgedBy: 'made-up.officer',
  acknowledgedAtMs: capturedAtMs + 30_000,
  position: { latitude: 40.5, longitude: -88.9 },
};
const verification = madeVerified({
  registrationQuery: { reference: 'made-up-1', finding: 'confirmed', atMs: capturedAtMs + 50_000 },
  verifiedAtMs: capturedAtMs + 60_000,
});
const taken = { acknowledgedBy: 'made-up.officer', acknowledgedAtMs: capturedAtMs + 60_000 };
const rejected = madeRejected({ actualPlate: 'TEST129' });
const disposition: Disposition = {
  kind: 'stopped',
  atMs: capturedAtMs + 90_000,
  suspicion: 'The driver matches the description.',
  action: 'Driver identified',
  place: { latitude: 40.5, longitude: -88.9 },
  recordedBy: 'made-up.officer',
  recordedAtMs: capturedAtMs + 100_000,
};
const notification = {
  neighbour: 'normal',
  told: 'Dispatch, by radio',
  atMs: capturedAtMs + 70_000,
  recordedBy: 'made-up.officer',
  recordedAtMs: capturedAtMs + 71_000,
};
const stateListed = async () =>
  (
    await alerts().since(captureDay(capturedAtMs), { sinceMs: 0, networks: ['bloomington'], limit: 9 })
  ).alerts.map((each) => each.alert.state);

it('finds an alert as it was raised, and nothing for an id that was never raised', async () => {
  expect(await records().find(alert.alertId)).toEqual(record);
  expect(await records().find(madeAlert(2).alertId)).toBeUndefined();
});

it('keeps who took it on, whom they told, the checklist and what came of it; lists show the state [Policy-G] [Policy-I]', async () => {
  expect(await steps().storeAcknowledgement(record, acknowledgement)).toBe('stored');
  expect(await stateListed()).toEqual(['acknowledged']);
  expect(await steps().storeNotification(record, notification)).toBe('stored');
  expect(await steps().storeVerification(record, verification, undefined)).toBe('stored');
  expect(await steps().storeDisposition(record, disposition)).toBe('stored');
  expect(await records().find(alert.alertId)).toEqual({
    alert: { ...alert, state: 'verified' },
    trail: [],
    acknowledgement,
    verification,
    disposition,
    notifications: [notification],
  });
  expect(await stateListed()).toEqual(['verified']);
});

it('takes an open alert on with its verification', async () => {
  await steps().storeVerification(record, verification, undefined);
  expect((await records().find(alert.alertId))?.acknowledgement).toEqual(taken);
  expect(await steps().storeAcknowledgement(record, acknowledgement)).toBe('too-late');
});

it('holds nothing of the vehicle, a place or the suspicion in clear [Storage-A]', async () => {
  await steps().storeAcknowledgement(record, acknowledgement);
  await steps().storeNotification(record, notification);
  await steps().storeVerification(record, rejected, suppressionOf(record, rejected));
  await steps().storeDisposition(record, disposition);
  const bytes = clearText([await row(), await rowsOf(server.dynamo, tables.suppressions)]);
  expect(bytes).toContain('"rejected"');
  for (const clear of ['TEST12', 'red', 'made-up-1', 'driver', 'radio', '40.5', 'misread', 'made-up.officer'])
    expect(bytes).not.toContain(clear);
});

describe('of two users at once the first stands', () => {
  it.each<[string, (by: string) => Promise<string>]>([
    [
      'who takes it on',
      (by) => steps().storeAcknowledgement(record, { ...acknowledgement, acknowledgedBy: by }),
    ],
    [
      'who verifies',
      (by) => steps().storeVerification(record, { ...verification, verifiedBy: by }, undefined),
    ],
    [
      'who rejects',
      (by) =>
        steps().storeVerification(record, { ...rejected, verifiedBy: by }, suppressionOf(record, rejected)),
    ],
    ['who tells a neighbour', (by) => steps().storeNotification(record, { ...notification, recordedBy: by })],
  ])('%s', async (_, store) => {
    const both = await Promise.all([store('made-up.officer'), store('made-up.other')]);
    expect(both.sort()).toEqual(['stored', 'too-late']);
  });
});

it('counts a step that was stored but reported failed as stored when the client repeats it', async () => {
  let calls = 0;
  const dynamo = injectFaults(server.client(), () => (++calls === 1 ? 'done-but-lost' : undefined));
  dynamo.middlewareStack.add((next) => async (args) => next(args).catch(() => next(args)), {
    step: 'initialize',
    name: 'repeat',
    priority: 'high',
  });
  expect(await steps(dynamo).storeVerification(record, rejected, suppressionOf(record, rejected))).toBe(
    'stored',
  );
  calls = 0;
  expect(await steps(dynamo).storeNotification(record, notification)).toBe('stored');
});

it('stores no disposition on an alert that is not verified [Policy-G]', async () => {
  expect(await steps().storeDisposition(record, disposition)).toBe('too-late');
  await steps().storeAcknowledgement(record, acknowledgement);
  expect(await steps().storeDisposition(record, disposition)).toBe('too-late');
  expect((await records().find(alert.alertId))?.disposition).toBeUndefined();
});

describe('what a rejection suppresses', () => {
  it('is found by the entry, and forgotten with the capture day [Storage-A]', async () => {
    await steps().storeVerification(record, rejected, suppressionOf(record, rejected));
    expect(await suppressions().of(madeEntryId)).toEqual([
      {
        entryId: '00000000-0000-4000-9000-000000000001',
        alertId: alert.alertId,
        plate: 'TEST12B',
        issuingState: 'IL',
        grade: 'look-alike',
        rejection: 'misread',
      },
    ]);
    expect(await suppressions().of('00000000-0000-4000-9000-000000000002')).toEqual([]);
    expect(await rowsOf(server.dynamo, tables.suppressions)).toMatchObject([
      { day: { S: '2026-11-02' }, expiresAt: { N: '1796162400' } },
    ]);
    nowMs = Date.parse('2026-12-01T22:00:00Z');
    expect(await suppressions().of(madeEntryId)).toEqual([]);
  });

  it.each(['not-done', 'done-but-lost'] as const)(
    'is stored with the rejection or not at all (%s)',
    async (fault) => {
      const dynamo = injectFaults(server.client(), () => fault);
      const storing = steps(dynamo).storeVerification(record, rejected, suppressionOf(record, rejected));
      await expect(storing).rejects.toMatchObject({ code: 'unavailable' });
      const isRejected = (await records().find(alert.alertId))?.alert.state === 'rejected';
      expect((await suppressions().of(madeEntryId)).length).toBe(Number(isRejected));
      expect(isRejected).toBe(fault === 'done-but-lost');
    },
  );

  it('is nothing where another rejected or verified before', async () => {
    await steps().storeVerification(record, verification, undefined);
    const outcome = await steps().storeVerification(record, rejected, suppressionOf(record, rejected));
    expect(outcome).toBe('too-late');
    expect(await suppressions().of(madeEntryId)).toEqual([]);
  });

  it('is nothing where its row was moved to another entry', async () => {
    await steps().storeVerification(record, rejected, suppressionOf(record, rejected));
    const [stored] = await rowsOf(server.dynamo, tables.suppressions);
    const other = '00000000-0000-4000-9000-000000000002';
    await server.dynamo.send(
      new PutItemCommand({ TableName: tables.suppressions, Item: { ...stored, entryId: { S: other } } }),
    );
    expect(await suppressions().of(other)).toEqual([]);
  });
});

it('believes the sealed parts, not the state in clear', async () => {
  await tamper(
    server.dynamo,
    { table: tables.alerts, alertId: alert.alertId, attribute: 'state' },
    { S: 'verified' },
  );
  expect((await records().find(alert.alertId))?.alert.state).toBe('open');
  expect(await stateListed()).toEqual(['open']);
});

it.each(['acknowledgement', 'verification', 'disposition'])(
  'refuses a row with a part from elsewhere as its %s',
  async (attribute) => {
    const sealed = (await row())?.sealed ?? { NULL: true };
    await tamper(server.dynamo, { table: tables.alerts, alertId: alert.alertId, attribute }, sealed);
    await expect(records().find(alert.alertId)).rejects.toMatchObject({ code: 'malformed' });
  },
);

it('binds each part to its alert, its day and its place', async () => {
  const other = madeAlert(2);
  await alerts().raise(other);
  await steps().storeVerification(madeRecord({ alert: other }), verification, undefined);
  const moved = await alertRow(server.dynamo, tables.alerts, other.alertId);
  const at = { table: tables.alerts, alertId: alert.alertId, attribute: 'verification' };
  await tamper(server.dynamo, at, moved?.verification ?? { NULL: true });
  await expect(records().find(alert.alertId)).rejects.toMatchObject({ code: 'malformed' });
  expect(
    (['sealed', 'verification', 'trail|made-up-read', 'notifications|normal'] as const).map((part) =>
      contextOf(captureDay(capturedAtMs), 'made-up', part),
    ),
  ).toEqual([
    'alert|2026-11-02|made-up',
    'alert|2026-11-02|made-up|verification',
    'alert|2026-11-02|made-up|trail|made-up-read',
    'alert|2026-11-02|made-up|notifications|normal',
  ]);
});

it('is forgotten with its day [Storage-A]', async () => {
  nowMs = capturedAtMs + 31 * 86_400_000;
  expect(await records().find(alert.alertId)).toBeUndefined();
  expect(await steps().storeAcknowledgement(record, acknowledgement)).toBe('forgotten');
  expect(await steps().storeVerification(record, rejected, suppressionOf(record, rejected))).toBe(
    'forgotten',
  );
  expect(await steps().storeNotification(record, notification)).toBe('forgotten');
  expect(await steps().storeDisposition(record, disposition)).toBe('forgotten');
});
