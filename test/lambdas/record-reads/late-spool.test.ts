import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { QuarantineStore } from '../../../adapters/quarantine/quarantine-store';
import { ReadsStore } from '../../../adapters/reads/reads-store';
import { admitBatch } from '../../../adapters/streams/read-stream';
import { encodeEnvelope, signEnvelope } from '../../../core/reads/envelope';
import { captureDay } from '../../../core/retention/day';
import { makeHandler } from '../../../lambdas/record-reads/handler';
import { createTable, startDynamo, type TestDynamo } from '../../adapters/dynoxide';
import { madeDayKeys } from '../../adapters/made-day-keys';
import { kinesisEvent } from '../../adapters/streams/made-event';
import { capturedAtMs, devicePrivateKey, limits, madeCamera, madeCaptured } from '../../core/reads/made-read';
import { recordedCounters, recordedLog } from '../recorded';

const dayMs = 86_400_000;
let server: TestDynamo;
let nowMs: number;

beforeAll(async () => {
  server = await startDynamo();
  await createTable(server.dynamo, {
    name: 'Reads',
    key: [
      ['plateKey', 'B'],
      ['placeTime', 'S'],
    ],
  });
  await createTable(server.dynamo, {
    name: 'Quarantine',
    key: [
      ['hour', 'S'],
      ['arrival', 'S'],
    ],
  });
});
afterAll(() => server.stop());

const rows = async (TableName: string) =>
  (await server.dynamo.send(new ScanCommand({ TableName }))).Items ?? [];

function recordReads() {
  const dayKeys = madeDayKeys(() => nowMs);
  const { dynamo } = server;
  const handler = makeHandler({
    admitBatch: (event) =>
      admitBatch(event, {
        cameras: { find: async () => new Map([['fixed-1', madeCamera()]]) },
        detectedReadsStream: 'Detected',
        partnerReadsStream: 'Partners',
        limits,
        now: () => nowMs,
      }),
    reads: new ReadsStore({ dynamo, table: 'Reads', dayKeys, retentionDays: 30 }),
    images: { put: async () => 'stored' as const },
    quarantine: new QuarantineStore({ dynamo, table: 'Quarantine', dayKeys, retentionDays: 30 }),
    lastSeen: { note: async () => undefined },
    now: () => nowMs,
    counters: recordedCounters().counters,
    log: recordedLog().log,
  });
  return { handler, dayKeys };
}

const spooled = () =>
  kinesisEvent('Cameras', [
    encodeEnvelope(
      signEnvelope({ cameraId: 'fixed-1', sentAtMs: nowMs, reads: [madeCaptured()] }, devicePrivateKey),
    ),
  ]);

describe('a spool that delivers late', () => {
  it('is stored for what remains of its day, not for 30 days more [Storage-A]', async () => {
    nowMs = capturedAtMs + 20 * dayMs;
    const { handler, dayKeys } = recordReads();
    await handler(spooled());
    const [row] = await rows('Reads');
    expect(row?.day).toEqual({ S: '2026-11-02' });
    expect(row?.expiresAt).toEqual({ N: String(Date.parse('2026-12-01T22:00:00Z') / 1000) });

    nowMs = Date.parse('2026-12-01T21:59:59Z');
    expect(await dayKeys.forReading(captureDay(capturedAtMs))).toBeDefined();
    nowMs = Date.parse('2026-12-01T22:00:00Z');
    expect(await dayKeys.forReading(captureDay(capturedAtMs))).toBeUndefined();
  });

  it('is refused, with a record, when its copies on the way could outlive its day [Storage-A]', async () => {
    nowMs = capturedAtMs + 21.5 * dayMs;
    const { handler } = recordReads();
    const before = (await rows('Reads')).length;
    await handler(spooled());
    expect(await rows('Reads')).toHaveLength(before);
    expect((await rows('Quarantine')).map((row) => row.reason?.S)).toEqual(['too-old']);
  });
});
