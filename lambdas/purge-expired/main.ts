import { S3Client } from '@aws-sdk/client-s3';
import { DayObjects } from '../../adapters/purge/day-objects';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const s3 = new S3Client({});

export const handler = makeHandler({
  buckets: [new DayObjects(s3, env.imagesBucket), new DayObjects(s3, env.plateIndexBucket)],
  retentionDays: loadConfiguration().retentionDays,
  counters: emfCounters('purge-expired'),
  now: () => Date.now(),
});
