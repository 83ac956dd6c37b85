import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { makeHitSink } from '../adapters/alerts/hit-sink';
import { StoredAuditLog } from '../adapters/audit/audit-log';
import { StoredHotList } from '../adapters/hot-list/hot-list';
import { admitBatch } from '../adapters/streams/read-stream';
import shipped from '../config/bloomington.json';
import { parseConfiguration } from '../core/contract/configuration';
import { CurrentLists } from '../core/hot-list/current-lists';
import type { Entry } from '../core/hot-list/entry';
import { buildSnapshot } from '../core/hot-list/index/build-snapshot';
import type { HotLists } from '../core/hot-list/lists';
import type { Plate } from '../core/plate/plate';
import { admissionLimits } from '../core/reads/admission-limits';
import type { CameraRecord } from '../core/reads/camera';
import { type Envelope, encodeEnvelope, signEnvelope, verifyEnvelope } from '../core/reads/envelope';
import { captureDay, forgottenAtMs } from '../core/retention/day';
import { DayKey } from '../core/retention/day-key';
import { makeHandler } from '../lambdas/match-reads/handler';
import { MadePlates } from './made-plates';
import { measure, report, speedOf } from './measure';

/**
 * Records in, alerts out, with the stores in memory: parsing, decoding, admission, matching against 1,000 custom entries
 * and an outside list of a million, confirming and recording. Envelopes of ten reads without pictures; one read in a
 * thousand is of a custom entry.
 */
const readsPerEnvelope = 10;
const envelopesPerBatch = 100;
const batches = 40;
const hitEvery = 1000;
const rounds = 7;
const nowMs = Date.now();
const day = captureDay(nowMs);

const plates = new MadePlates(12_345);
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
const configuration = parseConfiguration(shipped);
const custom = Array.from({ length: 1000 }, madeEntry);
const outside = Array.from({ length: 1_000_000 }, () => ({ plate: plates.next() }));
const listed = new Set<Plate>([...custom, ...outside].map(({ plate }) => plate));
const counted = { events: 0 };

async function main(): Promise<void> {
  const made = Array.from({ length: batches }, (_, at) => envelopesOf(at));
  const events = made.map(eventOf);
  const envelopes = made.flat();
  const handler = matchReads();
  const reads = batches * envelopesPerBatch * readsPerEnvelope;
  const figures = await measure(
    [
      {
        name: 'match-reads, signatures checked',
        turn: async () => {
          for (const event of events) await accepted(handler(event));
          return reads;
        },
      },
      {
        name: 'signature checks alone (ECDSA P-256, one for ten reads)',
        turn: () => {
          for (const each of envelopes)
            if (!verifyEnvelope(each, camera.publicKeyPem)) throw new Error('a signature does not hold');
          return reads;
        },
      },
    ],
    rounds,
  );
  if (counted.events === 0) throw new Error('no read of this benchmark raised an alert');
  const whole = speedOf(figures, 'match-reads, signatures checked');
  const checks = speedOf(figures, 'signature checks alone (ECDSA P-256, one for ten reads)');
  const without = 1 / (1 / whole - 1 / checks);
  console.log(
    `a read costs ${(1e6 / without).toFixed(1)} µs and its share of a signature ${(1e6 / checks).toFixed(1)} µs (${((10 * 1e6) / checks).toFixed(0)} µs a check)\n`,
  );
  report(
    [
      {
        name: 'reads/s of one core, signature checks counted out',
        value: without,
        bar: 15_000,
        isAtLeast: true,
      },
    ],
    figures,
  );
}

async function accepted(answer: Promise<{ readonly batchItemFailures: readonly unknown[] }>): Promise<void> {
  if ((await answer).batchItemFailures.length > 0) throw new Error('a record was not matched');
}

function matchReads() {
  const dynamo = memory();
  const now = () => nowMs;
  const bytes = randomBytes(32);
  const expiresAtMs = forgottenAtMs(day, configuration.retentionDays);
  const key = new DayKey({ day, bytes, expiresAtMs, now: () => Date.now(), randomBytes });
  const hotList = new StoredHotList({ dynamo, table: 'HotList', onMalformed: console.error });
  return makeHandler({
    admitBatch: (event) =>
      admitBatch(event, {
        cameras: { find: async () => new Map([[camera.cameraId, camera]]) },
        detectedReadsStream: 'detected',
        partnerReadsStream: 'partners',
        limits: admissionLimits(configuration),
        now,
      }),
    lists: new CurrentLists({
      lists: hotLists(hotList),
      now,
      nearCustomEntries: false,
      onUnusable: console.error,
    }),
    sightings: makeHitSink({
      dynamo,
      alertsTable: 'Alerts',
      suppressionsTable: 'Suppressions',
      dayKeys: { forReading: async () => key, forWriting: async () => key },
      audit: new StoredAuditLog({ dynamo, table: 'AuditEvents' }),
      lambda: { send: async () => ({}) } as unknown as LambdaClient,
      deliverAlertsFunction: 'deliver-alerts',
      configuration,
      counters: { count: () => void counted.events++ },
      now,
    }),
    log: { warn: (message, facts) => console.error(message, facts) },
  });
}

function hotLists(hotList: StoredHotList): HotLists {
  const pointer = {
    list: 'outside',
    listName: 'Made-up list',
    listVersion: '1',
    deliveredAtMs: nowMs,
    entries: outside.length,
    snapshotKey: 'snapshot',
    detailsKey: 'details',
  };
  return {
    version: () => hotList.version(),
    customEntries: () => hotList.customEntries(),
    confirmCustom: (entryId, atMs) => hotList.confirmCustom(entryId, atMs),
    outsideLists: async () => [pointer],
    snapshot: async () => buildSnapshot(outside),
    confirmOutside: async () => undefined,
  };
}

/** A client that answers for the hot list and takes everything else. */
function memory(): DynamoDBClient {
  const rows = new Map(
    custom.map((entry): [string, Record<string, AttributeValue>] => [
      `ENTRY#${entry.entryId}`,
      { entry: { S: JSON.stringify(entry) } },
    ]),
  );
  rows.set('VERSION', { version: { N: '1' } });
  const send = async (command: unknown) => {
    if (command instanceof GetItemCommand) return { Item: rows.get(command.input.Key?.sk?.S ?? '') };
    if (command instanceof QueryCommand && command.input.TableName === 'HotList')
      return { Items: [...rows.values()].filter((row) => 'entry' in row) };
    return {};
  };
  return { send } as unknown as DynamoDBClient;
}

function eventOf(envelopes: readonly Envelope[]) {
  return {
    Records: envelopes.map((envelope, index) => ({
      eventSourceARN: 'arn:aws:kinesis:us-east-2:000000000000:stream/camera',
      kinesis: {
        sequenceNumber: String(index + 1),
        approximateArrivalTimestamp: nowMs / 1000,
        data: Buffer.from(encodeEnvelope(envelope)).toString('base64'),
      },
    })),
  };
}

function envelopesOf(batch: number): readonly Envelope[] {
  return Array.from({ length: envelopesPerBatch }, (_, envelope) => {
    const first = (batch * envelopesPerBatch + envelope) * readsPerEnvelope;
    const reads = Array.from({ length: readsPerEnvelope }, (__, at) => ({
      read: madeRead(first + at),
      images: {},
    }));
    return signEnvelope({ cameraId: camera.cameraId, sentAtMs: nowMs, reads }, pair.privateKey);
  });
}

function madeRead(at: number) {
  const hit = custom[Math.floor(at / hitEvery) % custom.length];
  return {
    readId: randomUUID(),
    cameraId: camera.cameraId,
    network: camera.network,
    capturedAtMs: nowMs - 1000,
    plate: at % hitEvery === 0 && hit !== undefined ? hit.plate : unlisted(),
    candidates: [{ plate: unlisted(), probability: 0.1 }],
    confidence: 0.9,
    state: 'IL',
    position,
    box: { x: 1, y: 2, width: 120, height: 60 },
  };
}

function unlisted(): Plate {
  for (;;) {
    const plate = plates.next();
    if (!listed.has(plate)) return plate;
  }
}

function madeEntry(): Entry {
  return {
    entryId: randomUUID(),
    plate: plates.next(),
    state: 'IL',
    status: 'approved',
    purpose: { kind: 'felony' },
    reason: { kind: 'case-number', caseNumber: '2026-0012345' },
    suspicion: 'Made up for a benchmark.',
    concern: 'felony-vehicle',
    cautions: [],
    notify: [],
    jurisdiction: 'bloomington-pd',
    requestedBy: 'made-up.detective',
    requestedAtMs: nowMs - 3_600_000,
    responsible: 'made-up.detective',
    isShiftBound: false,
    approvedBy: 'made-up.lieutenant',
    approvedAtMs: nowMs - 3_500_000,
    extensions: [],
    handovers: [],
    expiresAtMs: nowMs + 86_400_000,
    revision: 2,
  };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
