import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredRedactions } from '../../adapters/audit-log/redactions';
import { SealedEventRows } from '../../adapters/audit-log/sealed-rows';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { decide, dynamo, deps } = startApi({ service: 'redact-event', ...env });
const { auditEventsTable, redactionsTable } = env;

export const handler = makeHandler({
  ...deps,
  decide,
  rows: new SealedEventRows({ dynamo, table: auditEventsTable }),
  redactions: new StoredRedactions({ dynamo, table: redactionsTable }),
  onceAudit: new StoredAuditLog({ dynamo, table: auditEventsTable }),
});
