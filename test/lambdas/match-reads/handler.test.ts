import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { AlertsStore } from '../../../adapters/alerts/alerts';
import { StoredAuditLog } from '../../../adapters/audit/audit-log';
import { StoredHotList } from '../../../adapters/hot-list/hot-list';
import { admitBatch } from '../../../adapters/streams/read-stream';
import { encodeEnvelope, signEnvelope } from '../../../core/reads/envelope';
import type { CapturedRead } from '../../../core/reads/read';
import { noteMalformed } from '../../../lambdas/malformed-rows';
import { type MatchReadsDeps, makeHandler } from '../../../lambdas/match-reads/handler';
import { createTable, startDynamo, type TestDynamo } from '../../adapters/dynoxide';
import { type Fault, injectFaults } from '../../adapters/faults';
import { madeDayKeys } from '../../adapters/made-day-keys';
import { kinesisEvent } from '../../adapters/streams/made-event';
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

let server: TestDynamo;
let tables = 0;
let nowMs: number;

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());
beforeEach(async () => {
  tables++;
  nowMs = capturedAtMs + 1000;
  for (const [name, ...key] of [
    ['HotList', 'pk', 'sk'],
    ['Alerts', 'alertId'],
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

const rowsOf = async (table: string) =>
  (await server.dynamo.send(new ScanCommand({ TableName: `${table}${tables}` }))).Items ?? [];
const alertIds = async () => (await rowsOf('Alerts')).map((row) => row.alertId?.S).sort();
const events = async () => (await rowsOf('AuditEvents')).map((row) => JSON.parse(row.event?.S ?? ''));
const list = () =>
  new StoredHotList({ dynamo: server.dynamo, table: `HotList${tables}`, onMalformed: () => undefined });
const approved = async (changes = {}) => {
  await list().store(madeRequested(changes));
  await list().store(madeEntry(changes));
};
const removed = madeEntry({ status: 'removed', removedBy: 'made-up.detective', removedAtMs: 1, revision: 3 });

function setUp(
  options: {
    faults?: (command: string, calls: number) => Fault | undefined;
    deps?: Partial<MatchReadsDeps>;
  } = {},
) {
  const calls = new Map<string, number>();
  const dynamo = injectFaults(server.client(), (command) => {
    calls.set(command, (calls.get(command) ?? 0) + 1);
    return options.faults?.(command, calls.get(command) ?? 0);
  });
  const { counters, figures } = recordedCounters();
  const { log, lines } = recordedLog();
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
        limits,
        now: () => nowMs,
      }),
    hotList: new StoredHotList({
      dynamo,
      table: `HotList${tables}`,
      onMalformed: noteMalformed({ counters, log }),
    }),
    alerts: new AlertsStore({
      dynamo,
      table: `Alerts${tables}`,
      dayKeys: madeDayKeys(() => nowMs),
      retentionDays: 30,
    }),
    audit: new StoredAuditLog({ dynamo, table: `AuditEvents${tables}` }),
    now: () => nowMs,
    counters,
    log,
    ...options.deps,
  });
  const run = async (...records: readonly Uint8Array[]) => {
    const { batchItemFailures } = await handler(batch(...records));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { run, figures, lines, calls };
}

describe('match-reads', () => {
  it('raises one alert for a read of a listed vehicle, and records it', async () => {
    await approved();
    const { run, figures } = setUp();
    expect(await run(envelope(read(1)), envelope(read(2, otherVehicle)))).toEqual([]);
    const [row, ...others] = await rowsOf('Alerts');
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
        entryId: entryIdOf(1),
        readId: ownIds[1],
        network: 'bloomington',
      },
    ]);
    expect(figures).toEqual(['AlertsRaised{grade=exact} 1']);
  });

  it('matches nothing with an entry that no lieutenant has approved [Policy-H.d]', async () => {
    await list().store(madeRequested());
    expect(await setUp().run(envelope(read(1)))).toEqual([]);
    expect(await alertIds()).toEqual([]);
  });

  it('never alerts on a read with an unread character [Policy-H.e]', async () => {
    await approved();
    await setUp().run(envelope(read(1, { plate: madePlate('TEST12?') })));
    expect(await alertIds()).toEqual([]);
  });

  it('matches nothing from the end of an entry on, though the store still says approved [Policy-H.f]', async () => {
    await approved();
    nowMs = expiresAtMs;
    await setUp().run(envelope(read(1, { capturedAtMs: nowMs - 1000 })));
    expect(await alertIds()).toEqual([]);
    nowMs = expiresAtMs - 1;
    await setUp().run(envelope(read(1, { capturedAtMs: nowMs - 1000 })));
    expect(await alertIds()).toHaveLength(1);
  });

  it('takes an approval and a removal into account with the next batch [Policy-H.d] [Policy-H.g]', async () => {
    const { run } = setUp();
    await run(envelope(read(1)));
    await approved();
    await run(envelope(read(2)));
    expect(await alertIds()).toHaveLength(1);
    await list().store(removed);
    await run(envelope(read(3)));
    expect(await alertIds()).toHaveLength(1);
  });

  it('asks for the version on each batch, and for the list only when it moved', async () => {
    await approved();
    const { run, calls } = setUp();
    await run(envelope(read(1, otherVehicle)));
    await run(envelope(read(2, otherVehicle)));
    expect([calls.get('GetItemCommand'), calls.get('QueryCommand')]).toEqual([2, 1]);
    await list().store(madeRequested({ entryId: entryIdOf(2) }));
    await run(envelope(read(3, otherVehicle)));
    expect([calls.get('GetItemCommand'), calls.get('QueryCommand')]).toEqual([3, 2]);
  });

  it.each([
    ['removed', removed],
    ['changed to another plate', madeEntry({ plate: madePlate('TEST999'), revision: 3 })],
  ])(
    'raises nothing for an entry that was %s while the batch was under way [Policy-H.g]',
    async (_, changed) => {
      await approved();
      const hotList = list();
      const { run } = setUp({
        deps: {
          hotList: {
            version: () => hotList.version(),
            list: async () => {
              const entries = await hotList.list();
              await hotList.store(changed);
              return entries;
            },
            find: (entryId) => hotList.find(entryId),
          },
        },
      });
      expect(await run(envelope(read(1)))).toEqual([]);
      expect(await alertIds()).toEqual([]);
    },
  );

  it('sees a change that falls between version and list at the latest with the next batch', async () => {
    await list().store(madeRequested());
    const hotList = list();
    const { run } = setUp({
      deps: {
        hotList: {
          version: async () => {
            const version = await hotList.version();
            if (version === 1) await hotList.store(madeEntry());
            return version;
          },
          list: () => hotList.list(),
          find: (entryId) => hotList.find(entryId),
        },
      },
    });
    await run(envelope(read(1)));
    await run(envelope(read(2)));
    expect(await alertIds()).toHaveLength(2);
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
    expect(await alertIds()).toHaveLength(1);
    expect(figures).toEqual(['MalformedEntries 1', 'AlertsRaised{grade=exact} 1']);
    expect(lines.join()).toContain('"code":"malformed"');
    expect(lines.join()).not.toContain('TEST');
  });

  it('raises a camera’s alert, though another camera sent the same entry’s plate under the same id before [Acct-D]', async () => {
    await approved();
    const { run } = setUp();
    const honest = read(1);
    await run(rogue.envelope({ ...honest, read: { ...honest.read, cameraId: 'rogue-2' } }));
    await run(envelope(honest));
    expect(await alertIds()).toHaveLength(2);
    expect((await events()).map((event) => event.readId)).toContain(ownIds[1]);
  });

  it('alerts on no read that is not admitted, and is not held up by it [Policy-E]', async () => {
    await approved();
    const forged = Buffer.from(envelope(read(1)));
    forged[forged.length - 10] = (forged.at(-10) ?? 0) ^ 1;
    const records = [Buffer.from('noise'), forged, envelope(read(2, moved)), envelope(read(3))];
    expect(await setUp().run(...records)).toEqual([]);
    expect((await events()).map((event) => event.readId)).toEqual([ownIds[3]]);
  });

  it('raises the alert once and records it once, however often the read comes, also in another record', async () => {
    await approved();
    const { run, figures } = setUp();
    await run(envelope(read(1)), envelope(read(1)));
    nowMs += 60_000;
    await run(envelope(read(2, otherVehicle), read(1)));
    expect(await alertIds()).toHaveLength(1);
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
    expect(await alertIds()).toHaveLength(1);
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event.atMs).toBe(Number((await rowsOf('Alerts'))[0]?.raisedAtMs?.N));
  });

  it('holds back no neighbour of a record that cannot be matched', async () => {
    await approved();
    const { run } = setUp({
      faults: (command, calls) => (command === 'PutItemCommand' && calls === 3 ? 'not-done' : undefined),
    });
    expect(await run(envelope(read(1)), envelope(read(2)), envelope(read(3)))).toEqual(['2']);
    expect((await events()).map((event) => event.readId).sort()).toEqual([ownIds[1], ownIds[3]]);
  });

  it('decides nothing when the version cannot be asked, rather than by an old list [Policy-H.g]', async () => {
    await approved();
    const { run } = setUp({
      faults: (command, calls) => (command === 'GetItemCommand' && calls === 3 ? 'not-done' : undefined),
    });
    await run(envelope(read(1)));
    await list().store(removed);
    await expect(run(envelope(read(2)))).rejects.toMatchObject({ code: 'unavailable' });
    expect(await alertIds()).toHaveLength(1);
  });

  it('raises nothing of a day that is forgotten before the alert is written [Storage-A]', async () => {
    await approved();
    const { run, figures } = setUp({ deps: { alerts: { raise: async () => ({ kind: 'forgotten' }) } } });
    expect(await run(envelope(read(1)))).toEqual([]);
    expect([await events(), figures]).toEqual([[], []]);
  });
});
