import { Logger } from '@aws-lambda-powertools/logger';
import { QuarantineReader } from '../../adapters/quarantine/quarantine-reader';
import { startApi } from '../api';
import { emfCounters } from '../counters';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { decide, dynamo, deps } = startApi({ service: 'list-quarantine', ...env });

export const handler = makeHandler({
  ...deps,
  decide,
  quarantine: new QuarantineReader({
    dynamo,
    table: env.quarantineTable,
    onMalformed: noteMalformed({
      counters: emfCounters('list-quarantine'),
      log: new Logger({ serviceName: 'list-quarantine' }),
    }),
  }),
});
