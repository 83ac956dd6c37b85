import { SNSClient } from '@aws-sdk/client-sns';
import { TopicSharingNotices } from '../../adapters/sharing/sharing-notices';
import { StoredSharingRegister } from '../../adapters/sharing/sharing-register';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'manage-sharing', ...env });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  register: new StoredSharingRegister({ dynamo, table: env.sharingTable }),
  notices: new TopicSharingNotices({ sns: new SNSClient({}), topicArn: env.noticesTopic }),
});
