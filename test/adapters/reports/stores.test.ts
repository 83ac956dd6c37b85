import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { StoredAuditLog } from '../../../adapters/audit/audit-log';
import { QuarantineStore } from '../../../adapters/quarantine/quarantine-store';
import { ReadsStore } from '../../../adapters/reads/reads-store';
import { KnownEvents } from '../../../adapters/reports/known-events';
import { newestCheckpoint } from '../../../adapters/reports/newest-checkpoint';
import { StoredDayCounts } from '../../../adapters/reports/stored-day-counts';
import { newEvent } from '../../../core/audit/event';
import { captureDay } from '../../../core/retention/day';
import { capturedAtMs, madeRead } from '../../core/reads/made-read';
import { madeId } from '../../core/reports/made-month';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';
import { madeDayKeys } from '../made-day-keys';

let server: TestDynamo;
const day = captureDay(capturedAtMs);
const dayKeys = madeDayKeys(() => capturedAtMs + 1000);

beforeAll(async () => {
  server = await startDynamo();
  const table = (name: string, ...key: [string, 'S' | 'B' | 'N'][]) => ({ name, key });
  await createTable(server.dynamo, {
    ...table('Reads', ['plateKey', 'B'], ['placeTime', 'S']),
    index: {
      name: 'by-place',
      key: [
        ['placeKey', 'B'],
        ['placeTime', 'S'],
      ],
    },
  });
  await createTable(server.dynamo, {
    ...table('Alerts', ['alertId', 'S']),
    index: {
      name: 'by-day',
      key: [
        ['day', 'S'],
        ['raisedAtMs', 'N'],
      ],
    },
  });
  await createTable(server.dynamo, table('Quarantine', ['hour', 'S'], ['arrival', 'S']));
  await createTable(server.dynamo, table('AuditEvents', ['hour', 'S'], ['at', 'S']));
  await createTable(server.dynamo, table('LogHead', ['log', 'S']));
});
afterAll(() => server.stop());

const counts = () =>
  new StoredDayCounts({
    dynamo: server.dynamo,
    readsTable: 'Reads',
    quarantineTable: 'Quarantine',
    alertsTable: 'Alerts',
  });

describe('the counts of a day', () => {
  it('find the reads that were stored under a camera’s hour, however many there are', async () => {
    const store = new ReadsStore({ dynamo: server.dynamo, table: 'Reads', dayKeys, retentionDays: 30 });
    const reads = Array.from({ length: 30 }, (_, n) => madeRead({ readId: madeId(n) }));
    await store.put([...reads, madeRead({ readId: madeId(99), cameraId: 'fixed-2' })]);
    const key = await dayKeys.forReading(day);
    if (key === undefined) throw new Error('no key');
    expect(await counts().reads(key.placeKey('bloomington', 'fixed-1', '2026-11-02T12'))).toBe(30);
    expect(await counts().reads(key.placeKey('bloomington', 'fixed-1', '2026-11-02T13'))).toBe(0);
  });

  it('tell quarantined arrivals by reason', async () => {
    const store = new QuarantineStore({
      dynamo: server.dynamo,
      table: 'Quarantine',
      dayKeys,
      retentionDays: 30,
    });
    for (const [id, reason] of [
      ['1', 'moved'],
      ['2', 'moved'],
      ['3', 'undecodable'],
    ] as const)
      await store.put({ reason, arrivedAtMs: capturedAtMs, id });
    expect(await counts().quarantined('2026-11-02T12')).toEqual({ moved: 2, undecodable: 1 });
    expect(await counts().quarantined('2026-11-02T13')).toEqual({});
  });

  it('tell the alerts of a day by state', async () => {
    for (const [n, state] of ['open', 'verified', 'open'].entries())
      await server.dynamo.send(
        new PutItemCommand({
          TableName: 'Alerts',
          Item: {
            alertId: { S: madeId(n) },
            day: { S: day },
            raisedAtMs: { N: String(n) },
            state: { S: state },
          },
        }),
      );
    expect(await counts().alerts(day)).toEqual({ open: 2, verified: 1 });
  });
});

it('finds an event that the audit log stored by its time and id, and nothing else', async () => {
  const known = new KnownEvents({ dynamo: server.dynamo, table: 'AuditEvents' });
  const place = { atMs: capturedAtMs, eventId: madeId(7) };
  expect(await known.find(place)).toBeUndefined();
  const event = newEvent(
    { now: () => place.atMs, newId: () => place.eventId },
    { kind: 'day-forgotten', actor: { kind: 'system', name: 'forget-day' }, day, forgottenAtMs: 1 },
  );
  await new StoredAuditLog({ dynamo: server.dynamo, table: 'AuditEvents' }).append(event);
  expect(await known.find(place)).toEqual(event);
});

it('takes the newest checkpoint from the head of the log, once there is one', async () => {
  const ask = { dynamo: server.dynamo, table: 'LogHead', origin: 'made-up.example/log' };
  expect(await newestCheckpoint(ask)).toBeUndefined();
  await server.dynamo.send(
    new PutItemCommand({
      TableName: 'LogHead',
      Item: { log: { S: ask.origin }, checkpoint: { S: 'signed' } },
    }),
  );
  expect(await newestCheckpoint(ask)).toBe('signed');
});
