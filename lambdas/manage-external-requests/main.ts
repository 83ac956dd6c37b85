import { ReadsStore } from '../../adapters/reads/reads-store';
import { StoredSearchAllowance } from '../../adapters/searches/search-allowance';
import { StoredExternalRequests } from '../../adapters/sharing/external-requests';
import { startApi } from '../api';
import { openDayKeys } from '../day-keys';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'manage-external-requests', ...env });
const { retentionDays } = configuration;
const dayKeys = openDayKeys({ ...env, dynamo, retentionDays });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  dayKeys,
  requests: new StoredExternalRequests({ dynamo, table: env.requestsTable }),
  reads: new ReadsStore({ dynamo, table: env.readsTable, dayKeys, retentionDays }),
  allowance: new StoredSearchAllowance({ dynamo, table: env.usageTable }),
});
