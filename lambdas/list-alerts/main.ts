import { randomBytes } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { AlertsStore } from '../../adapters/alerts/alerts';
import { StoredDayKeys } from '../../adapters/day-keys/day-keys';
import { StoredImageLinks } from '../../adapters/image-links/image-links';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'list-alerts', ...env });
const { retentionDays } = configuration;
const now = () => Date.now();
const dayKeys = new StoredDayKeys({
  dynamo,
  kms: new KMSClient({}),
  table: env.dayKeysTable,
  wrappingKeyId: env.dayWrappingKey,
  retentionDays,
  now,
  randomBytes,
});

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  alerts: new AlertsStore({ dynamo, table: env.alertsTable, dayKeys, retentionDays }),
  imageLinks: new StoredImageLinks({ dynamo, table: env.imageLinksTable, now, randomBytes }),
});
