import { randomBytes } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { AlertsStore } from '../../adapters/alerts/alerts';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { Cameras } from '../../adapters/cameras/cameras';
import { StoredDayKeys } from '../../adapters/day-keys/day-keys';
import { StoredHotList } from '../../adapters/hot-list/hot-list';
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
  hotList: new StoredHotList({ dynamo, table: env.hotListTable }),
  alerts: new AlertsStore({ dynamo, table: env.alertsTable, dayKeys, retentionDays }),
  audit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
  now,
  counters: emfCounters('match-reads'),
  log: new Logger({ serviceName: 'match-reads' }),
});
