import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { Cameras } from '../../adapters/cameras/cameras';
import { StoredDayKeys } from '../../adapters/day-keys/day-keys';
import { StoredPlateIndex } from '../../adapters/plate-index/plate-index';
import { admitBatch } from '../../adapters/streams/read-stream';
import { admissionLimits } from '../../core/reads/admission-limits';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const configuration = loadConfiguration();
const limits = admissionLimits(configuration);
const now = () => Date.now();
const dynamo = new DynamoDBClient({});
const cameras = new Cameras(dynamo, env.camerasTable);
const dayKeys = new StoredDayKeys({
  dynamo,
  kms: new KMSClient({}),
  table: env.dayKeysTable,
  wrappingKeyId: env.dayWrappingKey,
  retentionDays: configuration.retentionDays,
  now,
  randomBytes,
});

export const handler = makeHandler({
  admitBatch: (event) =>
    admitBatch(event, { cameras, detectedReadsStream: env.detectedReadsStream, limits, now }),
  plateIndex: new StoredPlateIndex({ s3: new S3Client({}), bucket: env.plateIndexBucket, dayKeys }),
  counters: emfCounters('index-plates'),
});
