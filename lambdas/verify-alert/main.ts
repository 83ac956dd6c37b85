import { Logger } from '@aws-lambda-powertools/logger';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { StoredAlertRecords } from '../../adapters/alerts/alert-records';
import { StoredAlertSteps } from '../../adapters/alerts/alert-steps';
import { InvokedAnnouncements } from '../../adapters/alerts/announcements';
import { AuditedImages } from '../../adapters/alerts/images-shown';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { startApi } from '../api';
import { emfCounters } from '../counters';
import { openDayKeys } from '../day-keys';
import { errorFacts } from '../error-facts';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'verify-alert';
const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service, ...env });
const { retentionDays } = configuration;
const dayKeys = openDayKeys({ ...env, dynamo, retentionDays });
const auditEvents = { dynamo, table: env.auditEventsTable };
const alertsTable = { dynamo, table: env.alertsTable, dayKeys };
const counters = emfCounters(service);
const log = new Logger({ serviceName: service });
const note = noteMalformed({ counters, log });

export const handler = makeHandler({
  ...deps,
  decide,
  configuration,
  counters,
  alerts: new StoredAlertRecords(alertsTable),
  steps: new StoredAlertSteps({ ...alertsTable, suppressionsTable: env.suppressionsTable, retentionDays }),
  imagesShown: new AuditedImages({ ...auditEvents, onMalformed: ({ error }) => note(error) }),
  announcements: new InvokedAnnouncements({
    lambda: new LambdaClient({}),
    deliverFunction: env.deliverAlertsFunction,
  }),
  onUnannounced: (error) => log.warn('a step was not announced', errorFacts(error)),
  onceAudit: new StoredAuditLog(auditEvents),
});
