import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { KnownEvents } from '../../adapters/reports/known-events';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { decide, dynamo, deps, configuration } = startApi({ service: 'correct-report', ...env });
const auditEvents = { dynamo, table: env.auditEventsTable };

export const handler = makeHandler({
  ...deps,
  decide,
  known: new KnownEvents(auditEvents),
  onceAudit: new StoredAuditLog(auditEvents),
  calendar: { timeZone: configuration.department.timeZone, ...configuration.reportSchedule },
});
