import { Logger } from '@aws-lambda-powertools/logger';
import { S3Client } from '@aws-sdk/client-s3';
import { LastSeen } from '../../adapters/enrolment/last-seen';
import { ImagesStore } from '../../adapters/images/images-store';
import { QuarantineStore } from '../../adapters/quarantine/quarantine-store';
import { ReadsStore } from '../../adapters/reads/reads-store';
import { emfCounters } from '../counters';
import { errorFacts } from '../error-facts';
import { startReads } from '../reads';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, dynamo, dayKeys, admitBatch } = startReads(env);
const { retentionDays } = configuration;
const log = new Logger({ serviceName: 'record-reads' });

export const handler = makeHandler({
  admitBatch,
  reads: new ReadsStore({ dynamo, table: env.readsTable, dayKeys, retentionDays }),
  images: new ImagesStore({ s3: new S3Client({}), bucket: env.imagesBucket, dayKeys }),
  quarantine: new QuarantineStore({ dynamo, table: env.quarantineTable, dayKeys, retentionDays }),
  lastSeen: new LastSeen({
    dynamo,
    sitesTable: env.sitesTable,
    onFailure: (error) => log.warn('a camera could not be noted as heard of', errorFacts(error)),
  }),
  now: () => Date.now(),
  counters: emfCounters('record-reads'),
  log,
});
