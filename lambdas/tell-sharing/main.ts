import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { TopicSharingNotices } from '../../adapters/sharing/sharing-notices';
import { StoredNotices } from '../../adapters/sharing/stored-notices';
import { emfCounters } from '../counters';
import { errorFacts } from '../error-facts';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const log = new Logger({ serviceName: 'tell-sharing' });

export const handler = makeHandler({
  waiting: new StoredNotices({ dynamo: new DynamoDBClient({}), table: env.sharingTable }),
  notices: new TopicSharingNotices({ sns: new SNSClient({}), topicArn: env.noticesTopic }),
  onFailure: (cause) => log.warn('a change of sharing will be told again', errorFacts(cause)),
  now: () => Date.now(),
  counters: emfCounters('tell-sharing'),
});
