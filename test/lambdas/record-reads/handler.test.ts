import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Heard } from '../../../adapters/enrolment/last-seen';
import { ImagesStore } from '../../../adapters/images/images-store';
import { QuarantineStore } from '../../../adapters/quarantine/quarantine-store';
import { ReadsStore } from '../../../adapters/reads/reads-store';
import { admitBatch } from '../../../adapters/streams/read-stream';
import { encodeEnvelope, signEnvelope } from '../../../core/reads/envelope';
import type { CapturedRead } from '../../../core/reads/read';
import { openRead } from '../../../core/reads/sealed-read';
import { captureDay } from '../../../core/retention/day';
import { makeHandler, type RecordReadsDeps } from '../../../lambdas/record-reads/handler';
import { createTable, startDynamo, type TestDynamo } from '../../adapters/dynoxide';
import { type Fault, injectFaults } from '../../adapters/faults';
import { madeDayKeys } from '../../adapters/made-day-keys';
import { kinesisEvent } from '../../adapters/streams/made-event';
import {
  capturedAtMs,
  devicePrivateKey,
  limits,
  madeCamera,
  madeCaptured,
  madeSigner,
} from '../../core/reads/made-read';
import { type S3Stack, startS3 } from '../../local/s3/support';
import { recordedCounters, recordedLog } from '../recorded';

let server: TestDynamo;
let s3: S3Stack;
let bucket: string;
let tables = 0;

beforeAll(async () => {
  server = await startDynamo();
  s3 = await startS3();
  bucket = await s3.bucket();
});
afterAll(async () => {
  server.stop();
  await s3.stop();
});
beforeEach(async () => {
  tables++;
  await createTable(server.dynamo, {
    name: `Reads${tables}`,
    key: [
      ['plateKey', 'B'],
      ['placeTime', 'S'],
    ],
  });
  await createTable(server.dynamo, {
    name: `Quarantine${tables}`,
    key: [
      ['hour', 'S'],
      ['arrival', 'S'],
    ],
  });
});

const idOf = (n: number) => `0b0c3a52-6a5e-4d0e-9a53-${String(n).padStart(12, '0')}`;
/** What the ids of `fixed-1` become at admission. */
const ownIds = [
  '',
  '97355b85-1b19-8075-9beb-f0267122ef4a',
  '041e8aa7-6137-8bf8-8956-2f00f3aead95',
  'aa074210-0bbf-8d50-a315-0bcaa656b59c',
];
const read = (n: number, changes = {}) => madeCaptured({ readId: idOf(n), ...changes });
const moved = { position: { latitude: 41, longitude: -89 } };
const envelope = (...reads: readonly CapturedRead[]) =>
  encodeEnvelope(signEnvelope({ cameraId: 'fixed-1', sentAtMs: capturedAtMs, reads }, devicePrivateKey));
/** A second enrolled camera, with a key of its own. */
const rogue = madeSigner('rogue-2');
const rowsOf = async (table: string) =>
  (await server.dynamo.send(new ScanCommand({ TableName: `${table}${tables}` }))).Items ?? [];

function setUp(
  options: { faults?: (command: string) => Fault | undefined; deps?: Partial<RecordReadsDeps> } = {},
) {
  const dynamo = injectFaults(server.client(), options.faults ?? (() => undefined));
  const dayKeys = madeDayKeys(() => capturedAtMs + 1000);
  const { counters, figures } = recordedCounters();
  const { log, lines } = recordedLog();
  const heardOf: Heard[][] = [];
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
        now: () => capturedAtMs + 1000,
      }),
    reads: new ReadsStore({ dynamo, table: `Reads${tables}`, dayKeys, retentionDays: 30 }),
    images: new ImagesStore({ s3: s3.client, bucket, dayKeys }),
    quarantine: new QuarantineStore({ dynamo, table: `Quarantine${tables}`, dayKeys, retentionDays: 30 }),
    lastSeen: { note: async (cameraIds) => void heardOf.push([...cameraIds]) },
    now: () => capturedAtMs + 1000,
    counters,
    log,
    ...options.deps,
  });
  return { handler, figures, lines, heardOf, dayKeys };
}

const failuresOf = ({ batchItemFailures }: { batchItemFailures: { itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

describe('record-reads', () => {
  it('stores admitted reads with their pictures and quarantines the rest, each with its reason [Policy-E]', async () => {
    const { handler, figures } = setUp();
    const event = kinesisEvent('Cameras', [
      envelope(read(1), read(2, moved)),
      Buffer.from('noise'),
      envelope(read(3)),
    ]);
    expect(failuresOf(await handler(event))).toEqual([]);

    expect(await rowsOf('Reads')).toHaveLength(2);
    expect((await rowsOf('Quarantine')).map((row) => row.reason?.S).sort()).toEqual(['moved', 'undecodable']);
    const objects = s3.s3.dump(bucket).map(({ key }) => key);
    expect(objects).toContain(`2026-11-02/${ownIds[1]}/plate`);
    expect(objects).toContain(`2026-11-02/${ownIds[3]}/vehicle`);
    expect(objects).not.toContain(`2026-11-02/${ownIds[2]}/plate`);
    expect(figures.sort()).toEqual([
      'Quarantined{reason=moved} 1',
      'Quarantined{reason=undecodable} 1',
      'ReadsForgotten 0',
      'ReadsStored 2',
    ]);
  });

  it('notes a camera as heard of, and what its clock said, for reads that were admitted, and not for refused ones', async () => {
    const { handler, heardOf } = setUp();
    await handler(kinesisEvent('Camera', [envelope(read(90))]));
    await handler(kinesisEvent('Camera', [envelope(read(91, moved))]));
    expect(heardOf).toEqual([[{ cameraId: 'fixed-1', clockAheadMs: -1000 }], []]);
  });

  it('stores a read once, however often its record comes', async () => {
    const { handler } = setUp();
    const event = kinesisEvent('Cameras', [envelope(read(1), read(2, moved))]);
    await handler(event);
    await handler(event);
    expect(await rowsOf('Reads')).toHaveLength(1);
    expect(await rowsOf('Quarantine')).toHaveLength(1);
  });

  it('keeps each camera’s reads and pictures, whatever ids another camera chooses [Acct-D]', async () => {
    const { handler, dayKeys } = setUp();
    const honest = read(50);
    const planted = {
      read: { ...honest.read, cameraId: 'rogue-2' },
      images: { plate: Buffer.from('planted plate'), vehicle: Buffer.from('planted vehicle') },
    };
    for (const record of [rogue.envelope(planted), envelope(honest), rogue.envelope(planted)])
      expect(failuresOf(await handler(kinesisEvent('Cameras', [record])))).toEqual([]);

    const day = captureDay(capturedAtMs);
    const key = await dayKeys.forReading(day);
    const images = new ImagesStore({ s3: s3.client, bucket, dayKeys });
    const found = new Map<string, string>();
    for (const { placeTime, sealed } of await rowsOf('Reads')) {
      const row = { placeTime: placeTime?.S ?? '', sealed: sealed?.B ?? new Uint8Array() };
      const stored = key === undefined ? undefined : openRead(key, row);
      const picture = await images.get({ day, readId: stored?.readId ?? '', image: 'plate' });
      found.set(stored?.cameraId ?? '', Buffer.from(picture ?? []).toString());
    }
    expect([...found].sort()).toEqual([
      ['fixed-1', 'made-up plate jpeg'],
      ['rogue-2', 'planted plate'],
    ]);
  });

  it.each(['not-done', 'done-but-lost'] as const)(
    'reports a record whose write was %s, and loses and doubles nothing when it comes again',
    async (fault) => {
      let calls = 0;
      const { handler, lines } = setUp({
        faults: (command) => (command === 'PutItemCommand' && calls++ < 2 ? fault : undefined),
      });
      const event = kinesisEvent('Cameras', [envelope(read(1)), envelope(read(2))]);
      expect(failuresOf(await handler(event)).sort()).toEqual(['1', '2']);
      expect(lines.join()).not.toContain('TEST');
      expect(failuresOf(await handler(event))).toEqual([]);
      expect(await rowsOf('Reads')).toHaveLength(2);
    },
  );

  it('reports only the record whose picture cannot be stored, and stores its neighbours', async () => {
    const { handler } = setUp({
      deps: {
        images: {
          put: async ({ readId }) => {
            if (readId === ownIds[2]) throw new Error('down');
            return 'stored';
          },
        },
      },
    });
    const event = kinesisEvent('Cameras', [envelope(read(1)), envelope(read(2)), envelope(read(3))]);
    expect(failuresOf(await handler(event))).toEqual(['2']);
    expect((await rowsOf('Reads')).map((row) => row.placeTime?.S?.slice(-36)).sort()).toEqual([
      '97355b85-1b19-8075-9beb-f0267122ef4a',
      'aa074210-0bbf-8d50-a315-0bcaa656b59c',
    ]);
  });

  it('reports only the record that cannot be quarantined', async () => {
    const { handler } = setUp({ deps: { quarantine: { put: () => Promise.reject(new Error('down')) } } });
    const event = kinesisEvent('Cameras', [envelope(read(1)), Buffer.from('noise')]);
    expect(failuresOf(await handler(event))).toEqual(['2']);
    expect(await rowsOf('Reads')).toHaveLength(1);
  });

  it('takes the whole batch again when the registry cannot be asked, because nothing is decided', async () => {
    const { handler } = setUp({ deps: { admitBatch: () => Promise.reject(new Error('down')) } });
    await expect(handler(kinesisEvent('Cameras', [envelope(read(1))]))).rejects.toThrow('down');
  });
});
