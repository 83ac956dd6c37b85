import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredPeopleRecords } from '../../adapters/people/people-records';
import { StoreError } from '../../adapters/stores/store-error';
import { errorFacts } from '../error-facts';
import { readEnv } from './env';
import { makeHandler } from './handler';
import { StoredLastUses } from './last-uses';

const env = readEnv(process.env);
const dynamo = new DynamoDBClient({
  maxAttempts: 2,
  // Two calls follow each other within the five seconds that Cognito waits.
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1000, throwOnRequestTimeout: true },
});
const logger = new Logger({ serviceName: 'record-sign-in' });
const report = (error: unknown) => logger.error('a sign-in was recorded in part', errorFacts(error));

export const handler = makeHandler({
  people: new StoredPeopleRecords({ dynamo, table: env.peopleTable, onMalformed: report }),
  audit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
  events: { now: () => Date.now(), newId: () => randomUUID() },
  lastUses: new StoredLastUses({ dynamo, table: env.sessionsTable }),
  isMalformed: (error) => error instanceof StoreError && error.code === 'malformed',
  report,
});
