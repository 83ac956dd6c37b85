import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHitSink } from '../../../adapters/alerts/hit-sink';
import { StoredAuditLog } from '../../../adapters/audit/audit-log';
import { StoredHotList } from '../../../adapters/hot-list/hot-list';
import { StoredHotLists } from '../../../adapters/outside-lists/hot-lists';
import { StoredListFiles } from '../../../adapters/outside-lists/list-files';
import { StoredListRecords } from '../../../adapters/outside-lists/list-records';
import { admitBatch } from '../../../adapters/streams/read-stream';
import type { HitSink } from '../../../core/alerts/ports';
import { CurrentLists } from '../../../core/hot-list/current-lists';
import { encodeEnvelope, signEnvelope } from '../../../core/reads/envelope';
import type { CapturedRead } from '../../../core/reads/read';
import { noteMalformed } from '../../../lambdas/malformed-rows';
import { makeHandler } from '../../../lambdas/match-reads/handler';
import { rowsOf as allRows, makeAlertTables } from '../../adapters/alerts/alert-tables';
import { createTable, startDynamo, type TestDynamo } from '../../adapters/dynoxide';
import { type Fault, injectFaults } from '../../adapters/faults';
import { madeDayKeys } from '../../adapters/made-day-keys';
import { kinesisEvent } from '../../adapters/streams/made-event';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { entryIdOf, expiresAtMs, madeEntry, madeRequested } from '../../core/hot-list/made-entry';
import { madePlate } from '../../core/plate/made-plate';
import {
  capturedAtMs,
  devicePrivateKey,
  limits,
  madeCamera,
  madeCaptured,
  madeSigner,
} from '../../core/reads/made-read';
import { recordedCounters, recordedLog } from '../recorded';

const lambda = mockClient(LambdaClient);
let server: TestDynamo;
let alertTables: Awaited<ReturnType<typeof makeAlertTables>>;
let tables = 0;
let nowMs: number;

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());
beforeEach(async () => {
  tables++;
  nowMs = capturedAtMs + 1000;
  lambda.reset();
  lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
  alertTables = await makeAlertTables(server);
  for (const [name, ...key] of [
    ['HotList', 'pk', 'sk'],
    ['AuditEvents', 'hour', 'at'],
  ] as const)
    await createTable(server.dynamo, { name: `${name}${tables}`, key: key.map((each) => [each, 'S']) });
});

const readIdOf = (n: number) => `0b0c3a52-6a5e-4d0e-9a53-${String(n).padStart(12, '0')}`;
/** What the ids of `fixed-1` become at admission. */
const ownIds = [
  '',
  '97355b85-1b19-8075-9beb-f0267122ef4a',
  '041e8aa7-6137-8bf8-8956-2f00f3aead95',
  'aa074210-0bbf-8d50-a315-0bcaa656b59c',
];
/** A second enrolled camera, with a key of its own. */
const rogue = madeSigner('rogue-2');
const read = (n: number, changes = {}) => madeCaptured({ readId: readIdOf(n), ...changes });
const otherVehicle = { plate: madePlate('TEST777') };
const moved = { position: { latitude: 41, longitude: -89 } };
const envelope = (...reads: readonly CapturedRead[]) =>
  encodeEnvelope(signEnvelope({ cameraId: 'fixed-1', sentAtMs: capturedAtMs, reads }, devicePrivateKey));
const batch = (...records: readonly Uint8Array[]) => kinesisEvent('Cameras', records);

const alertRows = () => allRows(server.dynamo, alertTables.alerts);
const events = async () =>
  (await allRows(server.dynamo, `AuditEvents${tables}`)).map((row) => JSON.parse(row.event?.S ?? ''));
const readIds = async () => (await events()).map((event) => event.readId).sort();
const list = () =>
  new StoredHotList({ dynamo: server.dynamo, table: `HotList${tables}`, onMalformed: () => undefined });
const approved = async (changes = {}) => {
  await list().store(madeRequested(changes));
  await list().store(madeEntry(changes));
};
const removed = madeEntry({ status: 'removed', removedBy: 'made-up.detective', removedAtMs: 1, revision: 3 });

function setUp(
  options: { faults?: (command: string, calls: number) => Fault | undefined; sightings?: HitSink } = {},
) {
  const calls = new Map<string, number>();
  const dynamo = injectFaults(server.client(), (command) => {
    calls.set(command, (calls.get(command) ?? 0) + 1);
    return options.faults?.(command, calls.get(command) ?? 0);
  });
  const { counters, figures } = recordedCounters();
  const { log, lines } = recordedLog();
  const now = () => nowMs;
  const onMalformed = noteMalformed({ counters, log });
  const table = { dynamo, table: `HotList${tables}`, onMalformed };
  const handler = makeHandler({
    admitBatch: (event) =>
      admitBatch(event, {
        cameras: {
          find: async () =>
            new Map([
              ['fixed-1', madeCamera()],
              ['rogue-2', rogue.camera],
            ]),
        },
        detectedReadsStream: 'Detected',
        partnerReadsStream: 'Partners',
        limits,
        now,
      }),
    lists: new CurrentLists({
      lists: new StoredHotLists({
        custom: new StoredHotList(table),
        records: new StoredListRecords(table),
        files: new StoredListFiles({ s3: new S3Client({}), bucket: 'unused' }),
      }),
      now,
      nearCustomEntries: false,
      onUnusable: onMalformed,
    }),
    sightings:
      options.sightings ??
      makeHitSink({
        dynamo,
        alertsTable: alertTables.alerts,
        suppressionsTable: alertTables.suppressions,
        dayKeys: madeDayKeys(now),
        audit: new StoredAuditLog({ dynamo, table: `AuditEvents${tables}` }),
        lambda: new LambdaClient({ region: 'us-east-2' }),
        deliverAlertsFunction: 'deliver-alerts',
        configuration: madeConfiguration(),
        counters,
        now,
      }),
    log,
  });
  const run = async (...records: readonly Uint8Array[]) => {
    const { batchItemFailures } = await handler(batch(...records));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { run, figures, lines, calls };
}

/** Records nothing but which read had which hit. */
function recordedSink(failsAt?: string) {
  const recorded: string[] = [];
  const sightings: HitSink = {
    record: async (each, { vehicle, grade }) => {
      if (each.readId === failsAt) throw new Error('made-up fault');
      recorded.push(`${each.readId} ${vehicle.entryId} ${grade}`);
      return 'raised';
    },
  };
  return { sightings, recorded };
}

describe('match-reads', () => {
  it('raises one alert for a read of a listed vehicle, records it, and has it delivered', async () => {
    await approved();
    const { run, figures } = setUp();
    expect(await run(envelope(read(1)), envelope(read(2, otherVehicle)))).toEqual([]);
    const [row, ...others] = await alertRows();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ day: { S: '2026-11-02' }, raisedAtMs: { N: String(nowMs) } });
    expect(await events()).toEqual([
      {
        version: 1,
        kind: 'alert-raised',
        eventId: expect.any(String),
        atMs: nowMs,
        actor: { kind: 'system', name: 'match-reads' },
        alertId: row?.alertId?.S,
        readId: ownIds[1],
        network: 'bloomington',
        list: 'custom',
        grade: 'exact',
      },
    ]);
    expect(figures).toEqual(['AlertsRaised{grade=exact} 1']);
    expect(lambda.commandCalls(InvokeCommand)).toHaveLength(1);
  });

  it('matches nothing with an entry that no lieutenant has approved [Policy-H.d]', async () => {
    await list().store(madeRequested());
    expect(await setUp().run(envelope(read(1)))).toEqual([]);
    expect(await alertRows()).toEqual([]);
  });

  it('never alerts on a read with an unread character [Policy-H.e]', async () => {
    await approved();
    await setUp().run(envelope(read(1, { plate: madePlate('TEST12?') })));
    expect(await alertRows()).toEqual([]);
  });

  it('matches nothing from the end of an entry on, though the store still says approved [Policy-H.f]', async () => {
    await approved();
    nowMs = expiresAtMs;
    const { run } = setUp();
    await run(envelope(read(1, { capturedAtMs: nowMs - 1000 })));
    expect(await alertRows()).toEqual([]);
    nowMs = expiresAtMs - 1;
    await setUp().run(envelope(read(1, { capturedAtMs: nowMs - 1000 })));
    expect(await alertRows()).toHaveLength(1);
  });

  it('takes an approval and a removal into account with the next batch [Policy-H.d] [Policy-H.g]', async () => {
    const { sightings, recorded } = recordedSink();
    const { run } = setUp({ sightings });
    await run(envelope(read(1)));
    await approved();
    await run(envelope(read(2)));
    await list().store(removed);
    await run(envelope(read(3)));
    expect(recorded).toEqual([`${ownIds[2]} ${entryIdOf(1)} exact`]);
  });

  it('asks for the version on each batch, and for the lists only when it moved', async () => {
    await approved();
    const { run, calls } = setUp();
    await run(envelope(read(1, otherVehicle)));
    await run(envelope(read(2, otherVehicle)));
    expect([calls.get('GetItemCommand'), calls.get('QueryCommand')]).toEqual([2, 2]);
    await list().store(madeRequested({ entryId: entryIdOf(2) }));
    await run(envelope(read(3, otherVehicle)));
    expect([calls.get('GetItemCommand'), calls.get('QueryCommand')]).toEqual([3, 4]);
  });

  it('alerts on every other entry when one row of the list cannot be understood, and counts that row', async () => {
    await server.dynamo.send(
      new PutItemCommand({
        TableName: `HotList${tables}`,
        Item: { pk: { S: 'CUSTOM' }, sk: { S: `ENTRY#${entryIdOf(9)}` }, entry: { S: '{"plate":"TEST999"' } },
      }),
    );
    await approved();
    const { run, figures, lines } = setUp();
    expect(await run(envelope(read(1)))).toEqual([]);
    expect(await alertRows()).toHaveLength(1);
    expect(figures).toEqual(['MalformedEntries 1', 'AlertsRaised{grade=exact} 1']);
    expect(lines.join()).toContain('"code":"malformed"');
    expect(lines.join()).not.toContain('TEST');
  });

  it('tells a camera’s read from one that another camera sent under the same id before [Acct-D]', async () => {
    await approved();
    const { sightings, recorded } = recordedSink();
    const { run } = setUp({ sightings });
    const honest = read(1);
    await run(rogue.envelope({ ...honest, read: { ...honest.read, cameraId: 'rogue-2' } }));
    await run(envelope(honest));
    expect(new Set(recorded).size).toBe(2);
    expect(recorded[1]).toBe(`${ownIds[1]} ${entryIdOf(1)} exact`);
  });

  it('alerts on no read that is not admitted, and is not held up by it [Policy-E]', async () => {
    await approved();
    const forged = Buffer.from(envelope(read(1)));
    forged[forged.length - 10] = (forged.at(-10) ?? 0) ^ 1;
    const records = [Buffer.from('noise'), forged, envelope(read(2, moved)), envelope(read(3))];
    expect(await setUp().run(...records)).toEqual([]);
    expect(await readIds()).toEqual([ownIds[3]]);
  });

  it('raises the alert once and records it once, however often the read comes, also in another record', async () => {
    await approved();
    const { run, figures } = setUp();
    await run(envelope(read(1)), envelope(read(1)));
    nowMs += 60_000;
    await run(envelope(read(2, otherVehicle), read(1)));
    expect(await alertRows()).toHaveLength(1);
    expect(await events()).toHaveLength(1);
    expect(figures).toEqual(['AlertsRaised{grade=exact} 1']);
  });

  it.each<[string, string, number, Fault]>([
    ['the alert was not written', 'PutItemCommand', 1, 'not-done'],
    ['the alert was written but reported failed', 'PutItemCommand', 1, 'done-but-lost'],
    ['it died between alert and event', 'PutItemCommand', 2, 'not-done'],
    ['the event was written but reported failed', 'PutItemCommand', 2, 'done-but-lost'],
    ['the entry could not be asked again', 'GetItemCommand', 2, 'not-done'],
  ])('tries a record again when %s: then one alert and one event stand', async (_, command, call, fault) => {
    await approved();
    const { run, lines } = setUp({
      faults: (name, calls) => (name === command && calls === call ? fault : undefined),
    });
    const records = [envelope(read(1)), envelope(read(2, otherVehicle))];
    expect(await run(...records)).toEqual(['1']);
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain('TEST');
    nowMs += 30_000;
    expect(await run(...records)).toEqual([]);
    expect(await alertRows()).toHaveLength(1);
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event.atMs).toBe(Number((await alertRows())[0]?.raisedAtMs?.N));
  });

  it('holds back no neighbour of a record whose hit cannot be recorded', async () => {
    await approved();
    const { sightings, recorded } = recordedSink(ownIds[2]);
    const { run } = setUp({ sightings });
    expect(await run(envelope(read(1)), envelope(read(2)), envelope(read(3)))).toEqual(['2']);
    expect(recorded.map((each) => each.split(' ')[0])).toEqual([ownIds[1], ownIds[3]]);
  });

  it('decides nothing when the version cannot be asked, rather than by an old list [Policy-H.g]', async () => {
    await approved();
    const { sightings, recorded } = recordedSink();
    const { run } = setUp({
      sightings,
      faults: (command, calls) => (command === 'GetItemCommand' && calls === 3 ? 'not-done' : undefined),
    });
    await run(envelope(read(1)));
    await list().store(removed);
    await expect(run(envelope(read(2)))).rejects.toMatchObject({ code: 'unavailable' });
    expect(recorded).toHaveLength(1);
  });
});
