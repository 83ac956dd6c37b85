import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { StoredAlertRecords } from '../../../adapters/alerts/alert-records';
import { StoredAlertSteps } from '../../../adapters/alerts/alert-steps';
import { makeHitSink } from '../../../adapters/alerts/hit-sink';
import { StoredAuditLog } from '../../../adapters/audit/audit-log';
import { suppressionOf } from '../../../core/alerts/suppression';
import { madeHit, madeRejected, readIdOf } from '../../core/alerts/made-alert';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePlate } from '../../core/plate/made-plate';
import { capturedAtMs, madeRead } from '../../core/reads/made-read';
import { recordedCounters } from '../../lambdas/recorded';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';
import { type Fault, injectFaults } from '../faults';
import { madeDayKeys } from '../made-day-keys';
import { makeAlertTables, rowsOf } from './alert-tables';

const lambda = mockClient(LambdaClient);
let server: TestDynamo;
let tables: { readonly alerts: string; readonly suppressions: string };
let auditTable: string;
let tests = 0;
let nowMs: number;

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());
beforeEach(async () => {
  nowMs = capturedAtMs + 500;
  lambda.reset();
  lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
  tables = await makeAlertTables(server);
  auditTable = `AuditEvents${++tests}`;
  await createTable(server.dynamo, {
    name: auditTable,
    key: [
      ['hour', 'S'],
      ['at', 'S'],
    ],
  });
});

const dayKeys = madeDayKeys(() => nowMs);
const { counters } = recordedCounters();
function sink(fault: (call: number) => Fault | undefined = () => undefined) {
  let calls = 0;
  const dynamo = injectFaults(server.client(), () => fault(++calls));
  return makeHitSink({
    dynamo,
    alertsTable: tables.alerts,
    suppressionsTable: tables.suppressions,
    dayKeys,
    audit: new StoredAuditLog({ dynamo, table: auditTable }),
    lambda: new LambdaClient({ region: 'us-east-2' }),
    deliverAlertsFunction: 'deliver-alerts',
    configuration: madeConfiguration(),
    counters,
    now: () => nowMs,
  });
}
const read = (n: number, changes = {}) => madeRead({ readId: readIdOf(n), ...changes });
const events = async () =>
  (await rowsOf(server.dynamo, auditTable)).map(({ event }) => JSON.parse(event?.S ?? ''));
const announced = () =>
  lambda.commandCalls(InvokeCommand).map(({ args }) => JSON.parse(String(args[0].input.Payload)).because);

it('raises, follows and announces over the real tables', async () => {
  expect(await sink().record(read(1), madeHit())).toBe('raised');
  nowMs += 60_000;
  expect(await sink().record(read(2, { cameraId: 'fixed-2' }), madeHit())).toBe('sighted');
  expect(await sink().record(read(2, { cameraId: 'fixed-2' }), madeHit())).toBe('known');
  expect((await events()).map(({ kind, atMs }) => [kind, atMs]).sort()).toEqual([
    ['alert-raised', capturedAtMs + 500],
    ['alert-sighted', capturedAtMs + 60_500],
  ]);
  expect(announced()).toEqual(['raised', 'changed', 'changed']);
});

const cases = (['not-done', 'done-but-lost'] as const).flatMap((fault) =>
  [1, 2, 3, 4].map((call) => [fault, call] as const),
);

it.each(cases)(
  '%s at call %i: after the repetition one alert, one event and an announcement stand',
  async (fault, call) => {
    const failing = sink((n) => (n === call ? fault : undefined));
    await expect(failing.record(read(1), madeHit())).rejects.toThrow();
    nowMs += 30_000;
    await sink().record(read(1), madeHit());
    const [row, ...others] = await rowsOf(server.dynamo, tables.alerts);
    expect(others).toEqual([]);
    const [event, ...more] = await events();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ kind: 'alert-raised', atMs: Number(row?.raisedAtMs?.N) });
    expect(announced()).toContain('raised');
  },
);

it('is announced again when it died between the event and the announcement', async () => {
  lambda.on(InvokeCommand).rejectsOnce(new Error('throttled')).resolves({ StatusCode: 202 });
  await expect(sink().record(read(1), madeHit())).rejects.toMatchObject({ code: 'unavailable' });
  expect(await sink().record(read(1), madeHit())).toBe('known');
  expect(announced()).toEqual(['raised', 'raised']);
  expect(await events()).toHaveLength(1);
});

it('raises one alert and loses no sighting when many functions record at once', async () => {
  const all = Array.from({ length: 12 }, (_, n) => sink().record(read(n), madeHit()));
  expect((await Promise.all(all)).sort()).toEqual(['raised', ...Array(11).fill('sighted')]);
  const [row, ...others] = await rowsOf(server.dynamo, tables.alerts);
  expect(others).toEqual([]);
  expect(Object.keys(row?.trail?.M ?? {})).toHaveLength(11);
});

it('suppresses a reading that was rejected, and alerts on the wanted car in the same minute [Policy-G]', async () => {
  const misread = (n: number) =>
    sink().record(read(n, { plate: madePlate('TEST12B') }), madeHit({ grade: 'look-alike' }));
  expect(await misread(1)).toBe('raised');
  const [row] = await rowsOf(server.dynamo, tables.alerts);
  const at = { dynamo: server.dynamo, table: tables.alerts, dayKeys };
  const records = new StoredAlertRecords(at);
  const record = await records.find(row?.alertId?.S ?? '');
  if (record === undefined) throw new Error('there is no alert');
  const steps = new StoredAlertSteps({ ...at, suppressionsTable: tables.suppressions, retentionDays: 30 });
  const suppression = suppressionOf(record, madeRejected());
  expect(await steps.storeVerification(record, madeRejected(), suppression)).toBe('stored');
  expect(await misread(2)).toBe('suppressed');
  expect(await sink().record(read(3), madeHit())).toBe('raised');
  expect((await events()).map(({ kind }) => kind).sort()).toEqual([
    'alert-raised',
    'alert-raised',
    'alert-suppressed',
  ]);
});
