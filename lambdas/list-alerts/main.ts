import { randomBytes } from 'node:crypto';
import { AlertsStore } from '../../adapters/alerts/alerts';
import { StoredImageLinks } from '../../adapters/image-links/image-links';
import { startApi } from '../api';
import { openDayKeys } from '../day-keys';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'list-alerts', ...env });
const { retentionDays } = configuration;
const now = () => Date.now();
const dayKeys = openDayKeys({ ...env, dynamo, retentionDays });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  alerts: new AlertsStore({ dynamo, table: env.alertsTable, dayKeys, retentionDays }),
  imageLinks: new StoredImageLinks({ dynamo, table: env.imageLinksTable, now, randomBytes }),
});
