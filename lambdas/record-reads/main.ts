import { randomBytes } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { Cameras } from '../../adapters/cameras/cameras';
import { StoredDayKeys } from '../../adapters/day-keys/day-keys';
import { ImagesStore } from '../../adapters/images/images-store';
import { QuarantineStore } from '../../adapters/quarantine/quarantine-store';
import { ReadsStore } from '../../adapters/reads/reads-store';
import { admitBatch } from '../../adapters/streams/read-stream';
import { admissionLimits } from '../../core/reads/admission-limits';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const configuration = loadConfiguration();
const { retentionDays } = configuration;
const limits = admissionLimits(configuration);
const now = () => Date.now();
const dynamo = new DynamoDBClient({});
const dayKeys = new StoredDayKeys({
  dynamo,
  kms: new KMSClient({}),
  table: env.dayKeysTable,
  wrappingKeyId: env.dayWrappingKey,
  retentionDays,
  now,
  randomBytes,
});
const cameras = new Cameras(dynamo, env.camerasTable);

export const handler = makeHandler({
  admitBatch: (event) =>
    admitBatch(event, { cameras, detectedReadsStream: env.detectedReadsStream, limits, now }),
  reads: new ReadsStore({ dynamo, table: env.readsTable, dayKeys, retentionDays }),
  images: new ImagesStore({ s3: new S3Client({}), bucket: env.imagesBucket, dayKeys }),
  quarantine: new QuarantineStore({ dynamo, table: env.quarantineTable, dayKeys, retentionDays }),
  counters: emfCounters('record-reads'),
  log: new Logger({ serviceName: 'record-reads' }),
});
