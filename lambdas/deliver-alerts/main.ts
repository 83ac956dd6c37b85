import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { StoredAlertRecords } from '../../adapters/alerts/alert-records';
import { StoredConnections } from '../../adapters/connections/connections';
import { GatewaySockets } from '../../adapters/connections/sockets';
import { StoredImageLinks } from '../../adapters/image-links/image-links';
import { startApi } from '../api';
import { emfCounters } from '../counters';
import { openDayKeys } from '../day-keys';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'deliver-alerts';
const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service, ...env });
const now = () => Date.now();
const dayKeys = openDayKeys({ ...env, dynamo, retentionDays: configuration.retentionDays });
// An endpoint of a stage's own cannot be combined with the client's choice of FIPS endpoints.
const gateway = new ApiGatewayManagementApiClient({ useFipsEndpoint: false });
const counters = emfCounters(service);
const log = new Logger({ serviceName: service });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  alerts: new StoredAlertRecords({ dynamo, table: env.alertsTable, dayKeys }),
  connections: new StoredConnections({
    dynamo,
    table: env.connectionsTable,
    onMalformed: noteMalformed({ counters, log }),
  }),
  sockets: new GatewaySockets(gateway),
  imageLinks: new StoredImageLinks({ dynamo, table: env.imageLinksTable, now, randomBytes }),
  pause: (ms) => setTimeout(ms),
  counters,
  log,
});
