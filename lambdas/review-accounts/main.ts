import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredActivities } from '../../adapters/people/activities';
import { StoredPeopleRecords } from '../../adapters/people/people-records';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { openAccounts, openSweep } from '../ending-access';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'review-accounts';
const env = readEnv(process.env);
const dynamo = new DynamoDBClient({});
const counters = emfCounters(service);
const log = new Logger({ serviceName: service });

export const handler = makeHandler({
  configuration: loadConfiguration(),
  events: { now: () => Date.now(), newId: () => randomUUID() },
  records: new StoredPeopleRecords({
    dynamo,
    table: env.peopleTable,
    onMalformed: noteMalformed({ counters, log }),
  }),
  activities: new StoredActivities({ dynamo, ...env }),
  accounts: openAccounts(env.userPoolId),
  ...openSweep({ service, ...env }),
  onceAudit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
  counters,
  log,
});
