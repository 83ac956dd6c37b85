import { randomBytes } from 'node:crypto';
import { type AttributeValue, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
} from '@aws-sdk/client-kinesis';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHitSink } from '../../adapters/alerts/hit-sink';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredDayKeys } from '../../adapters/day-keys/day-keys';
import { KeyDestruction } from '../../adapters/day-keys/key-destruction';
import { ImagesStore } from '../../adapters/images/images-store';
import { StoredPlateIndex } from '../../adapters/plate-index/plate-index';
import { DayObjects } from '../../adapters/purge/day-objects';
import { QuarantineStore } from '../../adapters/quarantine/quarantine-store';
import { ReadsStore } from '../../adapters/reads/reads-store';
import { StoredSearchRecords } from '../../adapters/searches/search-records';
import { admitBatch } from '../../adapters/streams/read-stream';
import { makeHandler as makeForgetDay } from '../../lambdas/forget-day/handler';
import { makeHandler as makeIndexPlates } from '../../lambdas/index-plates/handler';
import { makeHandler as makePurgeExpired } from '../../lambdas/purge-expired/handler';
import { makeHandler as makeRecordReads } from '../../lambdas/record-reads/handler';
import { Kinesis } from '../../local/kinesis/kinesis';
import { alertRow, makeAlertTables, rowsOf } from '../adapters/alerts/alert-tables';
import { createTable, startDynamo } from '../adapters/dynoxide';
import { madeKms } from '../adapters/made-kms';
import { kinesisEvent } from '../adapters/streams/made-event';
import { madeHit } from '../core/alerts/made-alert';
import { madeConfiguration } from '../core/contract/made-configuration';
import { limits, madeCamera } from '../core/reads/made-read';
import { recordedCounters, recordedLog } from '../lambdas/recorded';
import { startS3 } from '../local/s3/support';
import {
  accountId,
  clientConfig,
  fixedClock,
  recordingAuthorizer,
  region,
  testCredentials,
} from '../local/support';

export type Row = Record<string, AttributeValue>;
export type RetentionWorld = Awaited<ReturnType<typeof startRetentionWorld>>;

export const retentionDays = 30;
const streams = ['Cameras', 'Detected'] as const;
/** DynamoDB deletes expired items "typically within two days". */
const ttlLateMs = 2 * 86_400_000;

/**
 * The stores of reads and the functions that fill, empty and forget them, in this process and at one clock that is set by
 * hand. The functions' environments are never recycled, so that what they keep in memory has to die by itself.
 */
export async function startRetentionWorld(startMs: number) {
  const clock = fixedClock(startMs);
  const now = () => clock.now();
  const server = await startDynamo();
  const s3 = await startS3();
  const { kms } = madeKms();
  const { dynamo } = server;
  const text = (name: string): [string, 'S'] => [name, 'S'];
  await createTable(dynamo, { name: 'DayKeys', key: [text('day')] });
  await createTable(dynamo, { name: 'Reads', key: [['plateKey', 'B'], text('placeTime')] });
  await createTable(dynamo, { name: 'Quarantine', key: [text('hour'), text('arrival')] });
  await createTable(dynamo, { name: 'AuditEvents', key: [text('hour'), text('at')] });
  await createTable(dynamo, { name: 'SearchUsage', key: [text('username'), text('day')] });
  await createTable(dynamo, { name: 'Searches', key: [text('searchId')] });
  await createTable(dynamo, { name: 'SearchAnswers', key: [text('searchId'), text('item')] });
  const { alerts, suppressions } = await makeAlertTables(server);
  const expiring = (days: number) => ({
    LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: days }] },
  });
  const buckets = {
    images: await s3.bucket(expiring(31), 'Images'),
    plateIndex: await s3.bucket(expiring(31), 'PlateIndex'),
    failures: await s3.bucket(expiring(3), 'Failures'),
    frames: await s3.bucket(expiring(1), 'Frames'),
  };
  const kinesis = new Kinesis({
    clock,
    authorize: recordingAuthorizer().authorize,
    credentials: testCredentials.source,
    region,
    accountId,
  });
  for (const name of streams)
    kinesis.createStream({ name, mode: 'PROVISIONED', shardCount: 1, retentionHours: 24 });
  const listening = await kinesis.listen();
  const stream = new KinesisClient(clientConfig(listening.url));
  const lambda = mockClient(LambdaClient);
  lambda.on(InvokeCommand).resolves({ StatusCode: 202 });

  const { counters } = recordedCounters();
  const { log, lines } = recordedLog();
  /** The keys in the memory of one function's environment. */
  const environment = () =>
    new StoredDayKeys({
      dynamo,
      kms,
      table: 'DayKeys',
      wrappingKeyId: 'made-up-key',
      retentionDays,
      now,
      randomBytes,
    });
  const warm = { record: environment(), match: environment(), index: environment(), search: environment() };
  const cameras = new Map(['fixed-1', 'fixed-2'].map((cameraId) => [cameraId, madeCamera({ cameraId })]));
  const admit = (event: unknown) =>
    admitBatch(event, {
      cameras: { find: async () => cameras },
      detectedReadsStream: 'Detected',
      partnerReadsStream: 'Partners',
      limits,
      now,
    });
  const audit = new StoredAuditLog({ dynamo, table: 'AuditEvents' });
  const recordReads = makeRecordReads({
    admitBatch: admit,
    reads: new ReadsStore({ dynamo, table: 'Reads', dayKeys: warm.record, retentionDays }),
    images: new ImagesStore({ s3: s3.client, bucket: buckets.images, dayKeys: warm.record }),
    quarantine: new QuarantineStore({ dynamo, table: 'Quarantine', dayKeys: warm.record, retentionDays }),
    lastSeen: { note: async () => undefined },
    now,
    counters,
    log,
  });
  const indexPlates = makeIndexPlates({
    admitBatch: admit,
    plateIndex: new StoredPlateIndex({ s3: s3.client, bucket: buckets.plateIndex, dayKeys: warm.index }),
    counters,
  });
  const hits = makeHitSink({
    dynamo,
    alertsTable: alerts,
    suppressionsTable: suppressions,
    dayKeys: warm.match,
    audit,
    lambda: new LambdaClient({ region }),
    deliverAlertsFunction: 'deliver-alerts',
    configuration: madeConfiguration(),
    counters,
    now,
  });
  const forgetDay = makeForgetDay({
    keys: new KeyDestruction(dynamo, 'DayKeys'),
    audit,
    environments: { recycle: async () => 'already' },
    functions: ['record', 'match', 'index', 'search'],
    retentionDays,
    counters,
    log,
    now,
  });
  const purgeExpired = makePurgeExpired({
    buckets: [new DayObjects(s3.client, buckets.images), new DayObjects(s3.client, buckets.plateIndex)],
    retentionDays,
    counters,
    now,
  });
  let records = 0;
  const tables = {
    reads: 'Reads',
    quarantine: 'Quarantine',
    alerts,
    suppressions,
    searches: 'Searches',
    answers: 'SearchAnswers',
  };

  return {
    clock,
    warm,
    kms,
    buckets,
    tables,
    s3: s3.s3,
    /** What the functions complained of. */
    complaints: lines,
    search: {
      dayKeys: warm.search,
      reads: new ReadsStore({ dynamo, table: 'Reads', dayKeys: warm.search, retentionDays }),
      plateIndex: new StoredPlateIndex({ s3: s3.client, bucket: buckets.plateIndex, dayKeys: warm.search }),
    },
    records: new StoredSearchRecords({
      dynamo,
      usageTable: 'SearchUsage',
      searchesTable: 'Searches',
      answersTable: 'SearchAnswers',
      dayKeys: warm.search,
      retentionDays,
    }),
    images: new ImagesStore({ s3: s3.client, bucket: buckets.images, dayKeys: warm.search }),
    forgetDay,
    purgeExpired,
    hits: { record: (read: Parameters<typeof hits.record>[0]) => hits.record(read, madeHit()) },
    rows: (table: string) => rowsOf(dynamo, table),
    alert: (alertId: string) => alertRow(dynamo, alerts, alertId),
    setTime: (ms: number) => {
      clock.set(ms);
      s3.clock.set(ms);
    },
    /** A record comes by its stream and is recorded and indexed. */
    arrive: async (name: (typeof streams)[number], bytes: Uint8Array) => {
      await stream.send(new PutRecordCommand({ StreamName: name, Data: bytes, PartitionKey: 'made-up' }));
      const [record] = kinesisEvent(name, [bytes], now()).Records;
      // Each batch has a number of its own, after which its part of the plate index is named.
      const event = {
        Records: [{ ...record, kinesis: { ...record?.kinesis, sequenceNumber: String(++records) } }],
      };
      await recordReads(event);
      await indexPlates(event);
    },
    /** A record or frame in clear, where failures or frames wait. */
    leave: async (bucket: 'failures' | 'frames', name: string, bytes: Uint8Array) => {
      await s3.client.send(new PutObjectCommand({ Bucket: buckets[bucket], Key: name, Body: bytes }));
    },
    /** Everything that an iterator from the very beginning of the streams still gives. */
    streamed: async (): Promise<readonly { source: 'camera' | 'detected'; bytes: Uint8Array }[]> => {
      const found: { source: 'camera' | 'detected'; bytes: Uint8Array }[] = [];
      for (const name of streams) {
        const { ShardIterator } = await stream.send(
          new GetShardIteratorCommand({
            StreamName: name,
            ShardId: 'shardId-000000000000',
            ShardIteratorType: 'TRIM_HORIZON',
          }),
        );
        const { Records = [] } = await stream.send(new GetRecordsCommand({ ShardIterator }));
        const source = name === 'Cameras' ? 'camera' : 'detected';
        for (const { Data } of Records) if (Data !== undefined) found.push({ source, bytes: Data });
      }
      return found;
    },
    /** What AWS does by itself: lifecycle rules, and items that expired some time ago. */
    tidy: async () => {
      s3.s3.sweep(now());
      const keys = {
        reads: ['plateKey', 'placeTime'],
        quarantine: ['hour', 'arrival'],
        alerts: ['alertId'],
        answers: ['searchId', 'item'],
      };
      for (const [name, attributes] of Object.entries(keys)) {
        const table = tables[name as keyof typeof keys];
        for (const row of await rowsOf(dynamo, table)) {
          if (Number(row.expiresAt?.N) * 1000 + ttlLateMs > now()) continue;
          const key = Object.fromEntries(attributes.map((each) => [each, row[each] ?? { S: '' }]));
          await dynamo.send(new DeleteItemCommand({ TableName: table, Key: key }));
        }
      }
    },
    stop: async () => {
      stream.destroy();
      await listening.close();
      await s3.stop();
      server.stop();
    },
  };
}
