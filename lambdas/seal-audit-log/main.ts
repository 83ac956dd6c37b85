import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { KmsNoteSigner } from '../../adapters/audit-log/kms-note-signer';
import { LogBucket } from '../../adapters/audit-log/log-bucket';
import { LogHeadTable } from '../../adapters/audit-log/log-head';
import { StagedEventRows } from '../../adapters/audit-log/staged-events';
import { emfCounters } from '../counters';
import { readEnv } from './env';
import { makeHandler } from './handler';
import { parseLock } from './lock';

const env = readEnv(process.env);
const dynamo = new DynamoDBClient({});
const now = () => Date.now();

export const handler = makeHandler({
  origin: env.logOrigin,
  head: new LogHeadTable({ dynamo, table: env.logHeadTable, log: env.logOrigin }),
  objects: new LogBucket({
    s3: new S3Client({}),
    bucket: env.logBucket,
    lock: parseLock(env.lockMode, env.lockDays),
    now,
  }),
  events: new StagedEventRows({ dynamo, table: env.auditEventsTable }),
  signer: new KmsNoteSigner({ kms: new KMSClient({}), keyId: env.logKeyId, name: env.logOrigin }),
  counters: emfCounters('seal-audit-log'),
  now,
});
