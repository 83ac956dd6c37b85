import { Logger } from '@aws-lambda-powertools/logger';
import { StoredHotList } from '../../adapters/hot-list/hot-list';
import { startApi } from '../api';
import { emfCounters } from '../counters';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'manage-hot-list', ...env });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  hotList: new StoredHotList({
    dynamo,
    table: env.hotListTable,
    onMalformed: noteMalformed({
      counters: emfCounters('manage-hot-list'),
      log: new Logger({ serviceName: 'manage-hot-list' }),
    }),
  }),
});
