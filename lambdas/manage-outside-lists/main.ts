import { Logger } from '@aws-lambda-powertools/logger';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { StoredListRecords } from '../../adapters/outside-lists/list-records';
import { startImport } from '../../adapters/outside-lists/start-import';
import { startApi } from '../api';
import { emfCounters } from '../counters';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const service = 'manage-outside-lists';
const { configuration, decide, dynamo, deps } = startApi({ service, ...env });

export const handler = makeHandler({
  ...deps,
  decide,
  sources: configuration.outsideLists,
  records: new StoredListRecords({
    dynamo,
    table: env.hotListTable,
    onMalformed: noteMalformed({
      counters: emfCounters(service),
      log: new Logger({ serviceName: service }),
    }),
  }),
  startImport: startImport({ lambda: new LambdaClient({}), functionName: env.importHotListFunction }),
});
