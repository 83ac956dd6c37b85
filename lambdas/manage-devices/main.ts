import { Logger } from '@aws-lambda-powertools/logger';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredDeviceRegistry } from '../../adapters/devices/devices';
import { startApi } from '../api';
import { emfCounters } from '../counters';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'manage-devices';
const env = readEnv(process.env);
const { decide, dynamo, deps } = startApi({ service, ...env });

export const handler = makeHandler({
  ...deps,
  decide,
  registry: new StoredDeviceRegistry({
    dynamo,
    table: env.devicesTable,
    onMalformed: noteMalformed({
      counters: emfCounters(service),
      log: new Logger({ serviceName: service }),
    }),
  }),
  onceAudit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
});
