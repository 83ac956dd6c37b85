import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoredPeopleRecords } from '../../adapters/people/people-records';
import { loadConfiguration } from '../configuration';
import { readEnv } from './env';
import { makeHandler } from './handler';

const { peopleTable } = readEnv(process.env);
const { federation } = loadConfiguration();
const dynamo = new DynamoDBClient({
  maxAttempts: 3,
  // Cognito waits five seconds for an answer, so a silent table must fail before.
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1200, throwOnRequestTimeout: true },
});

export const handler = makeHandler({
  // It looks up one record at a time, and one that cannot be understood fails that call.
  people: new StoredPeopleRecords({ dynamo, table: peopleTable, onMalformed: () => undefined }),
  ...(federation === undefined ? {} : { mfaValue: federation.mfaValue }),
});
