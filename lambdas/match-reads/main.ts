import { Logger } from '@aws-lambda-powertools/logger';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { AlertsStore } from '../../adapters/alerts/alerts';
import { AnnouncedAlerts } from '../../adapters/alerts/announced-alerts';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredHotList } from '../../adapters/hot-list/hot-list';
import { emfCounters } from '../counters';
import { noteMalformed } from '../malformed-rows';
import { startReads } from '../reads';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, dynamo, dayKeys, admitBatch } = startReads(env);
const { retentionDays } = configuration;
const counters = emfCounters('match-reads');
const log = new Logger({ serviceName: 'match-reads' });

export const handler = makeHandler({
  admitBatch,
  hotList: new StoredHotList({
    dynamo,
    table: env.hotListTable,
    onMalformed: noteMalformed({ counters, log }),
  }),
  alerts: new AnnouncedAlerts({
    alerts: new AlertsStore({ dynamo, table: env.alertsTable, dayKeys, retentionDays }),
    lambda: new LambdaClient({}),
    deliverFunction: env.deliverAlertsFunction,
  }),
  audit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
  now: () => Date.now(),
  counters,
  log,
});
