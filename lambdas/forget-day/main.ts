import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { KeyDestruction } from '../../adapters/day-keys/key-destruction';
import { FunctionEnvironments } from '../../adapters/functions/function-environments';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const dynamo = new DynamoDBClient({});

export const handler = makeHandler({
  keys: new KeyDestruction(dynamo, env.dayKeysTable),
  audit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
  environments: new FunctionEnvironments(new LambdaClient({})),
  functions: env.keyholderFunctions.split(',').filter((name) => name !== ''),
  retentionDays: loadConfiguration().retentionDays,
  counters: emfCounters('forget-day'),
  log: new Logger({ serviceName: 'forget-day' }),
  now: () => Date.now(),
});
