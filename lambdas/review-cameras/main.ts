import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoredEnrolments } from '../../adapters/enrolment/enrolments';
import { emfCounters } from '../counters';
import { readEnv } from './env';
import { makeHandler } from './handler';

export const handler = makeHandler({
  enrolments: new StoredEnrolments({ dynamo: new DynamoDBClient({}), ...readEnv(process.env) }),
  counters: emfCounters('review-cameras'),
  now: () => Date.now(),
});
