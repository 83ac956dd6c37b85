import { randomBytes } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { StoredImageLinks } from '../../adapters/image-links/image-links';
import { StoredPlateIndex } from '../../adapters/plate-index/plate-index';
import { ReadsStore } from '../../adapters/reads/reads-store';
import { StoredSearchAllowance } from '../../adapters/searches/search-allowance';
import { StoredSearchRecords } from '../../adapters/searches/search-records';
import { StoredSearchTraces } from '../../adapters/searches/search-traces';
import { StoredSites } from '../../adapters/sites/sites';
import { startApi } from '../api';
import { openDayKeys } from '../day-keys';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'search-reads', ...env });
const { retentionDays } = configuration;
const now = () => Date.now();
const dayKeys = openDayKeys({ ...env, dynamo, retentionDays });

const reads = new ReadsStore({ dynamo, table: env.readsTable, dayKeys, retentionDays });
const usage = { dynamo, table: env.usageTable };

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  dayKeys,
  reads,
  readsByPlace: reads,
  plateIndex: new StoredPlateIndex({ s3: new S3Client({}), bucket: env.plateIndexBucket, dayKeys }),
  imageLinks: new StoredImageLinks({ dynamo, table: env.imageLinksTable, now, randomBytes }),
  allowance: new StoredSearchAllowance(usage),
  traces: new StoredSearchTraces(usage),
  records: new StoredSearchRecords({
    ...env,
    dynamo,
    answersTable: env.searchAnswersTable,
    dayKeys,
    retentionDays,
  }),
  sites: new StoredSites({ ...env, dynamo }),
  randomBytes,
});
