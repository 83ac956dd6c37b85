import { Logger } from '@aws-lambda-powertools/logger';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredActivities } from '../../adapters/people/activities';
import { StoredPeopleRecords } from '../../adapters/people/people-records';
import { startApi } from '../api';
import { emfCounters } from '../counters';
import { openAccounts, openSweep } from '../ending-access';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'manage-people';
const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service, ...env });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  records: new StoredPeopleRecords({
    dynamo,
    table: env.peopleTable,
    onMalformed: noteMalformed({
      counters: emfCounters(service),
      log: new Logger({ serviceName: service }),
    }),
  }),
  activities: new StoredActivities({ dynamo, ...env }),
  accounts: openAccounts(env.userPoolId),
  ...openSweep({ service, ...env }),
  onceAudit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
});
