import { randomBytes } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { StoredImageLinks } from '../../adapters/image-links/image-links';
import { StoredSearchAllowance } from '../../adapters/people/search-allowance';
import { StoredPlateIndex } from '../../adapters/plate-index/plate-index';
import { ReadsStore } from '../../adapters/reads/reads-store';
import { startApi } from '../api';
import { openDayKeys } from '../day-keys';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'search-reads', ...env });
const { retentionDays } = configuration;
const now = () => Date.now();
const dayKeys = openDayKeys({ ...env, dynamo, retentionDays });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  dayKeys,
  reads: new ReadsStore({ dynamo, table: env.readsTable, dayKeys, retentionDays }),
  plateIndex: new StoredPlateIndex({ s3: new S3Client({}), bucket: env.plateIndexBucket, dayKeys }),
  imageLinks: new StoredImageLinks({ dynamo, table: env.imageLinksTable, now, randomBytes }),
  allowance: new StoredSearchAllowance({ dynamo, table: env.usageTable }),
});
