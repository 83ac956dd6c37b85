import { Logger } from '@aws-lambda-powertools/logger';
import { StoredAlertRecords } from '../../adapters/alerts/alert-records';
import { AuditedImages } from '../../adapters/alerts/images-shown';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { startApi } from '../api';
import { emfCounters } from '../counters';
import { openDayKeys } from '../day-keys';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'verify-alert';
const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service, ...env });
const dayKeys = openDayKeys({ ...env, dynamo, retentionDays: configuration.retentionDays });
const auditEvents = { dynamo, table: env.auditEventsTable };
const note = noteMalformed({ counters: emfCounters(service), log: new Logger({ serviceName: service }) });

export const handler = makeHandler({
  ...deps,
  decide,
  alerts: new StoredAlertRecords({ dynamo, table: env.alertsTable, dayKeys }),
  imagesShown: new AuditedImages({ ...auditEvents, onMalformed: ({ error }) => note(error) }),
  onceAudit: new StoredAuditLog(auditEvents),
});
