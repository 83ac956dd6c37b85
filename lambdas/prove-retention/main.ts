import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { KeyDestruction } from '../../adapters/day-keys/key-destruction';
import { DayObjects } from '../../adapters/purge/day-objects';
import { KnownEvents } from '../../adapters/reports/known-events';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { readEnv } from './env';
import { makeHandler, parseRecovery } from './handler';

const env = readEnv(process.env);
const dynamo = new DynamoDBClient({});
const s3 = new S3Client({});

export const handler = makeHandler({
  keys: new KeyDestruction(dynamo, env.dayKeysTable),
  objects: {
    images: new DayObjects(s3, env.imagesBucket),
    plateIndex: new DayObjects(s3, env.plateIndexBucket),
  },
  known: new KnownEvents({ dynamo, table: env.auditEventsTable }),
  audit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
  recovery: parseRecovery(env.recovery),
  retentionDays: loadConfiguration().retentionDays,
  counters: emfCounters('prove-retention'),
  events: { now: () => Date.now(), newId: randomUUID },
});
