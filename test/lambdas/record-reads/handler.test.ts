import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ImagesStore } from '../../../adapters/images/images-store';
import { QuarantineStore } from '../../../adapters/quarantine/quarantine-store';
import { ReadsStore } from '../../../adapters/reads/reads-store';
import { admitBatch } from '../../../adapters/streams/read-stream';
import { encodeEnvelope, signEnvelope } from '../../../core/reads/envelope';
import type { CapturedRead } from '../../../core/reads/read';
import { makeHandler, type RecordReadsDeps } from '../../../lambdas/record-reads/handler';
import { createTable, startDynamo, type TestDynamo } from '../../adapters/dynoxide';
import { type Fault, injectFaults } from '../../adapters/faults';
import { madeDayKeys } from '../../adapters/made-day-keys';
import { kinesisEvent } from '../../adapters/streams/made-event';
import { capturedAtMs, devicePrivateKey, limits, madeCamera, madeCaptured } from '../../core/reads/made-read';
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
const read = (n: number, changes = {}) => madeCaptured({ readId: idOf(n), ...changes });
const moved = { position: { latitude: 41, longitude: -89 } };
const envelope = (...reads: readonly CapturedRead[]) =>
  encodeEnvelope(signEnvelope({ cameraId: 'fixed-1', sentAtMs: capturedAtMs, reads }, devicePrivateKey));
const rowsOf = async (table: string) =>
  (await server.dynamo.send(new ScanCommand({ TableName: `${table}${tables}` }))).Items ?? [];

function setUp(
  options: { faults?: (command: string) => Fault | undefined; deps?: Partial<RecordReadsDeps> } = {},
) {
  const dynamo = injectFaults(server.client(), options.faults ?? (() => undefined));
  const dayKeys = madeDayKeys(() => capturedAtMs + 1000);
  const { counters, figures } = recordedCounters();
  const { log, lines } = recordedLog();
  const handler = makeHandler({
    admitBatch: (event) =>
      admitBatch(event, {
        cameras: { find: async () => new Map([['fixed-1', madeCamera()]]) },
        detectedReadsStream: 'Detected',
        limits,
        now: () => capturedAtMs + 1000,
      }),
    reads: new ReadsStore({ dynamo, table: `Reads${tables}`, dayKeys, retentionDays: 30 }),
    images: new ImagesStore({ s3: s3.client, bucket, dayKeys }),
    quarantine: new QuarantineStore({ dynamo, table: `Quarantine${tables}`, dayKeys, retentionDays: 30 }),
    counters,
    log,
    ...options.deps,
  });
  return { handler, figures, lines };
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
    expect(objects).toContain(`2026-11-02/${idOf(1)}/plate`);
    expect(objects).toContain(`2026-11-02/${idOf(3)}/vehicle`);
    expect(objects).not.toContain(`2026-11-02/${idOf(2)}/plate`);
    expect(figures.sort()).toEqual([
      'Quarantined{reason=moved} 1',
      'Quarantined{reason=undecodable} 1',
      'ReadsForgotten 0',
      'ReadsStored 2',
    ]);
  });

  it('stores a read once, however often its record comes', async () => {
    const { handler } = setUp();
    const event = kinesisEvent('Cameras', [envelope(read(1), read(2, moved))]);
    await handler(event);
    await handler(event);
    expect(await rowsOf('Reads')).toHaveLength(1);
    expect(await rowsOf('Quarantine')).toHaveLength(1);
  });

  it.each(['not-done', 'done-but-lost'] as const)(
    'reports a record whose write was %s, and loses and doubles nothing when it comes again',
    async (fault) => {
      let calls = 0;
      const { handler, lines } = setUp({
        faults: (command) => (command === 'BatchWriteItemCommand' && calls++ === 0 ? fault : undefined),
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
            if (readId === idOf(2)) throw new Error('down');
            return 'stored';
          },
        },
      },
    });
    const event = kinesisEvent('Cameras', [envelope(read(1)), envelope(read(2)), envelope(read(3))]);
    expect(failuresOf(await handler(event))).toEqual(['2']);
    expect((await rowsOf('Reads')).map((row) => row.placeTime?.S?.slice(-12)).sort()).toEqual([
      '000000000001',
      '000000000003',
    ]);
  });

  it('reports only the record that cannot be quarantined', async () => {
    const { handler } = setUp({
      faults: (command) => (command === 'PutItemCommand' ? 'not-done' : undefined),
    });
    const event = kinesisEvent('Cameras', [envelope(read(1)), Buffer.from('noise')]);
    expect(failuresOf(await handler(event))).toEqual(['2']);
    expect(await rowsOf('Reads')).toHaveLength(1);
  });

  it('takes the whole batch again when the registry cannot be asked, because nothing is decided', async () => {
    const { handler } = setUp({ deps: { admitBatch: () => Promise.reject(new Error('down')) } });
    await expect(handler(kinesisEvent('Cameras', [envelope(read(1))]))).rejects.toThrow('down');
  });
});
