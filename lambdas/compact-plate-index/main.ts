import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { PlateIndexCompaction } from '../../adapters/plate-index/compaction';
import { DayObjects } from '../../adapters/purge/day-objects';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { openDayKeys } from '../day-keys';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { retentionDays } = loadConfiguration();
const s3 = new S3Client({});
const dayKeys = openDayKeys({ ...env, dynamo: new DynamoDBClient({}), retentionDays });
const objects = new DayObjects(s3, env.plateIndexBucket);

export const handler = makeHandler({
  compaction: new PlateIndexCompaction({ s3, bucket: env.plateIndexBucket, dayKeys }),
  days: () => objects.days(),
  retentionDays,
  counters: emfCounters('compact-plate-index'),
  log: new Logger({ serviceName: 'compact-plate-index' }),
  now: () => Date.now(),
});
