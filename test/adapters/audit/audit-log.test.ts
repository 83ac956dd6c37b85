import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { StoredAuditLog } from '../../../adapters/audit/audit-log';
import { type MalformedEvent, readEvents } from '../../../adapters/audit/audit-reader';
import { type AuditEvent, newEvent } from '../../../core/audit/event';
import { AuditUnavailable } from '../../../core/audit/unavailable';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

const table = 'AuditEvents';
const atMs = Date.parse('2026-11-24T12:59:59.999Z');
let local: LocalDynamo;
let log: StoredAuditLog;

beforeAll(async () => {
  local = await startDynamo();
  await local.createTable(table, 'hour', 'at');
  log = new StoredAuditLog({ dynamo: local.dynamo, table });
});
afterAll(() => local.stop());

it('keeps events by their hour and gives them back in order of time', async () => {
  await log.append(event(2, atMs + 2));
  await log.append(event(1, atMs));
  await log.append(event(3, atMs + 90_000_000));
  const range = { fromMs: atMs, toMs: atMs + 3_600_000 };
  const events: AuditEvent[] = [];
  for await (const each of readEvents(reader(), range)) events.push(each);
  expect(events).toEqual([event(1, atMs), event(2, atMs + 2)]);
});

it('counts a repeated put of the same event as stored: the first may have been, unseen', async () => {
  await log.append(event(4, atMs));
  await expect(log.append(event(4, atMs))).resolves.toBeUndefined();
});

it('never overwrites an event', async () => {
  await log.append(event(5, atMs));
  await expect(log.append({ ...event(5, atMs), day: '2020-01-01' } as AuditEvent)).rejects.toThrow(
    AuditUnavailable,
  );
  const { Items = [] } = await local.dynamo.send(new ScanCommand({ TableName: table }));
  expect(Items.filter((row) => row.event?.S?.includes('2020-01-01'))).toEqual([]);
});

it('keeps the first telling of what happens once, and takes no other event for it', async () => {
  const first = event(7, atMs + 90_100_000);
  await log.appendOnce(first);
  await log.appendOnce({ ...first, day: '2026-10-24' } as AuditEvent);
  const { Items = [] } = await local.dynamo.send(new ScanCommand({ TableName: table }));
  expect(Items.filter((row) => row.at?.S?.endsWith('7')).map((row) => row.event?.S)).toEqual([
    JSON.stringify(first),
  ]);
  const other = { ...first, kind: 'alert-raised' } as unknown as AuditEvent;
  await expect(log.appendOnce(other)).rejects.toThrow(AuditUnavailable);
});

it('leaves out a row that is no event, tells of it by its key, and goes on', async () => {
  const startMs = Date.parse('2026-12-01T00:00:00Z');
  await log.append(event(8, startMs + 2));
  for (const at of [`${startMs + 1}#${event(9, startMs).eventId}`, 'damaged'])
    await local.dynamo.send(
      new PutItemCommand({
        TableName: table,
        Item: { hour: { S: '2026-12-01T00' }, at: { S: at }, event: { S: '{"kind":"requested"}' } },
      }),
    );
  const rows: MalformedEvent[] = [];
  const events: AuditEvent[] = [];
  const range = { fromMs: startMs, toMs: startMs + 3_600_000 };
  for await (const each of readEvents(reader(rows), range)) events.push(each);
  expect(events).toEqual([event(8, startMs + 2)]);
  expect(rows).toMatchObject([
    { atMs: startMs + 1, eventId: '00000000-0000-4000-8000-000000000009', error: { code: 'malformed' } },
    { atMs: startMs },
  ]);
});

it('rejects when the table does not confirm', async () => {
  const mock = mockClient(DynamoDBClient);
  mock.on(PutItemCommand).rejects(new Error('made-up failure'));
  const failing = new StoredAuditLog({ dynamo: new DynamoDBClient({ region: 'us-east-2' }), table });
  await expect(failing.append(event(6, atMs))).rejects.toThrow(AuditUnavailable);
  mock.restore();
});

it('refuses to read more than 33 days at once', async () => {
  const events = readEvents(reader(), { fromMs: 0, toMs: 34 * 86_400_000 });
  await expect(events.next()).rejects.toThrow(RangeError);
});

function reader(rows: MalformedEvent[] = []) {
  return { dynamo: local.dynamo, table, onMalformed: (row: MalformedEvent) => void rows.push(row) };
}

function event(last: number, time: number): AuditEvent {
  return newEvent(
    { now: () => time, newId: () => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}` },
    {
      kind: 'day-forgotten',
      actor: { kind: 'system', name: 'forget-day' },
      day: '2026-10-25',
      forgottenAtMs: time,
    },
  );
}
