import { Logger } from '@aws-lambda-powertools/logger';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredPeopleRecords } from '../../adapters/people/people-records';
import { startApi } from '../api';
import { emfCounters } from '../counters';
import { openAccounts, openSweep } from '../ending-access';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'import-personnel';
const env = readEnv(process.env);
const { decide, dynamo, deps } = startApi({ service, ...env });

export const handler = makeHandler({
  ...deps,
  decide,
  records: new StoredPeopleRecords({
    dynamo,
    table: env.peopleTable,
    onMalformed: noteMalformed({
      counters: emfCounters(service),
      log: new Logger({ serviceName: service }),
    }),
  }),
  accounts: openAccounts(env.userPoolId),
  ...openSweep({ service, ...env }),
  onceAudit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
});
