import { S3Client } from '@aws-sdk/client-s3';
import { StoredPlateIndex } from '../../adapters/plate-index/plate-index';
import { emfCounters } from '../counters';
import { startReads } from '../reads';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { dayKeys, admitBatch } = startReads(env);

export const handler = makeHandler({
  admitBatch,
  plateIndex: new StoredPlateIndex({ s3: new S3Client({}), bucket: env.plateIndexBucket, dayKeys }),
  counters: emfCounters('index-plates'),
});
