import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { DecidedFindings } from '../../adapters/findings/findings';
import { StoredPeopleRecords } from '../../adapters/people/people-records';
import { startApi } from '../api';
import { openAccounts, openSweep } from '../ending-access';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'manage-findings';
const env = readEnv(process.env);
const { decide, dynamo, deps } = startApi({ service, ...env });
const { peopleTable } = env;

export const handler = makeHandler({
  ...deps,
  decide,
  findings: new DecidedFindings({ dynamo, table: env.findingsTable, peopleTable }),
  records: new StoredPeopleRecords({ dynamo, table: peopleTable, onMalformed: () => {} }),
  accounts: openAccounts(env.userPoolId),
  ...openSweep({ service, ...env }),
  onceAudit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
});
