import { StoredAlertRecords } from '../../adapters/alerts/alert-records';
import { AuditedImages } from '../../adapters/alerts/images-shown';
import { startApi } from '../api';
import { openDayKeys } from '../day-keys';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'verify-alert', ...env });
const dayKeys = openDayKeys({ ...env, dynamo, retentionDays: configuration.retentionDays });

export const handler = makeHandler({
  ...deps,
  decide,
  alerts: new StoredAlertRecords({ dynamo, table: env.alertsTable, dayKeys }),
  imagesShown: new AuditedImages({ dynamo, table: env.auditEventsTable }),
});
