import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredEnrolments } from '../../adapters/enrolment/enrolments';
import { KnownEvents } from '../../adapters/reports/known-events';
import { StoredDayCounts } from '../../adapters/reports/stored-day-counts';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { openDayKeys } from '../day-keys';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const dynamo = new DynamoDBClient({});
const { retentionDays } = loadConfiguration();

export const handler = makeHandler({
  dayKeys: openDayKeys({ ...env, dynamo, retentionDays }),
  counts: new StoredDayCounts({ ...env, dynamo }),
  enrolments: new StoredEnrolments({ ...env, dynamo }),
  known: new KnownEvents({ dynamo, table: env.auditEventsTable }),
  audit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
  retentionDays,
  counters: emfCounters('sum-day'),
  log: new Logger({ serviceName: 'sum-day' }),
  now: () => Date.now(),
});
