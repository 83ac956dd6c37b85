import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { LastSeen } from '../adapters/enrolment/last-seen';
import { ImagesStore } from '../adapters/images/images-store';
import { QuarantineStore } from '../adapters/quarantine/quarantine-store';
import { ReadsStore } from '../adapters/reads/reads-store';
import { admitBatch } from '../adapters/streams/read-stream';
import { parsePlate } from '../core/plate/plate';
import { admissionLimits } from '../core/reads/admission-limits';
import type { CameraRecord } from '../core/reads/camera';
import { encodeEnvelope, signEnvelope } from '../core/reads/envelope';
import type { CapturedRead, Read } from '../core/reads/read';
import { encodeRead, sealRead } from '../core/reads/sealed-read';
import { captureDay, forgottenAtMs } from '../core/retention/day';
import { DayKey } from '../core/retention/day-key';
import type { DayKeys } from '../core/retention/ports';
import { makeHandler } from '../lambdas/record-reads/handler';

/**
 * Records in, sealed rows out, with the stores in memory: the product's own cost of recording. Times are processor
 * times of this process, all its threads together, so that they are those of one core whatever else the machine does.
 */
const reads = readsAsked(process.argv[2]);
const retentionDays = 30;
const readsPerEnvelope = 25;
const envelopesPerBatch = 10;
const nowMs = Date.now();
const day = captureDay(nowMs);
/** As cameras crop them: JPEG of the plate and of the vehicle, bytes. */
const pictures = { plate: randomBytes(3_000), vehicle: randomBytes(25_000) };

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const position = { latitude: 40.5, longitude: -88.9 };
const camera: CameraRecord = {
  cameraId: 'bench-1',
  network: 'bloomington',
  kind: 'fixed',
  publicKeyPem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  status: 'active',
  site: { siteId: 'bench', ...position, approvedBy: 'nobody', approvedAtMs: 1 },
};
const key = new DayKey({
  day,
  bytes: randomBytes(32),
  expiresAtMs: forgottenAtMs(day, retentionDays),
  now: () => Date.now(),
  randomBytes,
});
const dayKeys: DayKeys = { forReading: async () => key, forWriting: async () => key };

async function main(): Promise<void> {
  await measure('no pictures', 0);
  await measure('two pictures', 0.05, pictures);
  measureSealing();
}

/** `share`: of the reads asked for, where each is slow. */
async function measure(what: string, share: number, images: CapturedRead['images'] = {}): Promise<void> {
  const perEnvelope = Object.keys(images).length === 0 ? readsPerEnvelope : 10;
  const batches = Math.max(3, Math.ceil((reads * (share || 1)) / (perEnvelope * envelopesPerBatch)));
  const stored = { rows: 0 };
  const handler = recordReads(stored);
  const events = Array.from({ length: batches }, () => eventOf(perEnvelope, images));
  await handler(eventOf(perEnvelope, images));
  stored.rows = 0;
  const begunMs = processorMs();
  for (const event of events) await handler(event);
  const passedMs = processorMs() - begunMs;
  const expected = batches * envelopesPerBatch * perEnvelope;
  if (stored.rows !== expected) throw new Error(`${stored.rows} of ${expected} reads were stored`);
  console.log(
    `recorded ${expected} reads, ${what}: ${Math.round((expected / passedMs) * 1000)} reads/s of one core`,
  );
}

function measureSealing(): void {
  const made = Array.from({ length: Math.min(reads, 20_000) }, madeRead);
  const timed = (work: (read: Read) => unknown) => {
    const begunMs = processorMs();
    for (const read of made) work(read);
    return ((processorMs() - begunMs) / made.length) * 1000;
  };
  for (const read of made.slice(0, 2000)) sealRead(key, read);
  const encodingUs = timed(encodeRead);
  const sealingUs = timed((read) => sealRead(key, read)) - encodingUs;
  const namingUs = timed((read) => [
    key.plateKey(read.plate),
    key.placeKey(read.network, read.cameraId, '2026-01-01T00'),
  ]);
  const pictureUs = timed(() => [key.seal(pictures.plate, 'a'), key.seal(pictures.vehicle, 'b')]);
  console.log(
    `encryption alone: ${sealingUs.toFixed(1)} µs to seal a read, ${namingUs.toFixed(1)} µs for its two table keys, ` +
      `${pictureUs.toFixed(1)} µs to seal its two pictures (28 kB)`,
  );
}

/** Clients in memory: they take what they are sent. */
function recordReads(stored: { rows: number }) {
  const dynamo = {
    send: async () => {
      stored.rows++;
      return {};
    },
  } as unknown as DynamoDBClient;
  const idle = { send: async () => ({}) } as unknown as DynamoDBClient & S3Client;
  const limits = admissionLimits({
    retentionDays,
    siteRadiusM: 50,
    transit: { streamHours: 24, failureDays: 5 },
  });
  return makeHandler({
    admitBatch: (event) =>
      admitBatch(event, {
        cameras: { find: async () => new Map([[camera.cameraId, camera]]) },
        detectedReadsStream: 'detected',
        partnerReadsStream: 'partners',
        limits,
        now: () => nowMs,
      }),
    reads: new ReadsStore({ dynamo, table: 'Reads', dayKeys, retentionDays }),
    images: new ImagesStore({ s3: idle, bucket: 'images', dayKeys }),
    quarantine: new QuarantineStore({ dynamo: idle, table: 'Quarantine', dayKeys, retentionDays }),
    lastSeen: new LastSeen({ dynamo: idle, sitesTable: 'Sites', onFailure: console.error }),
    now: () => nowMs,
    counters: { count: () => undefined, gauge: () => undefined },
    log: { warn: (message) => console.error(message) },
  });
}

function eventOf(perEnvelope: number, images: CapturedRead['images']) {
  return {
    Records: Array.from({ length: envelopesPerBatch }, (_, index) => ({
      eventSourceARN: 'arn:aws:kinesis:us-east-2:000000000000:stream/camera',
      kinesis: {
        sequenceNumber: String(index + 1),
        approximateArrivalTimestamp: nowMs / 1000,
        data: Buffer.from(
          encodeEnvelope(
            signEnvelope(
              {
                cameraId: camera.cameraId,
                sentAtMs: nowMs,
                reads: Array.from({ length: perEnvelope }, () => ({ read: madeRead(), images })),
              },
              pair.privateKey,
            ),
          ),
        ).toString('base64'),
      },
    })),
  };
}

function madeRead(): Read {
  const plate = parsePlate(`TEST${Math.floor(Math.random() * 900) + 100}`);
  const other = parsePlate('TEST000');
  if (plate === undefined || other === undefined) throw new Error('a plate of this benchmark cannot be used');
  return {
    readId: randomUUID(),
    cameraId: camera.cameraId,
    network: camera.network,
    capturedAtMs: nowMs - 1000,
    plate,
    candidates: [{ plate: other, probability: 0.1 }],
    confidence: 0.9,
    state: 'IL',
    position,
    box: { x: 1, y: 2, width: 120, height: 60 },
  };
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

function readsAsked(argument = '100000'): number {
  if (/^[1-9]\d{0,6}$/.test(argument)) return Number(argument);
  console.log(
    'Usage: npm run bench:record-reads -- [READS]\n\nRecords READS reads (default 100000) with the stores in memory.',
  );
  process.exit(argument === '--help' ? 0 : 2);
}
