import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { SNSClient } from '@aws-sdk/client-sns';
import { StoredAlertRecords } from '../../adapters/alerts/alert-records';
import { TopicNotices } from '../../adapters/alerts/notices';
import { StoredWaitingAlerts } from '../../adapters/alerts/waiting-alerts';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredConnections } from '../../adapters/connections/connections';
import { GatewaySockets } from '../../adapters/connections/sockets';
import { StoredImageLinks } from '../../adapters/image-links/image-links';
import { startDeciding } from '../api';
import { emfCounters } from '../counters';
import { openDayKeys } from '../day-keys';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'deliver-alerts';
const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startDeciding({ service, ...env });
const { now } = deps.events;
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
  waiting: new StoredWaitingAlerts({ dynamo, table: env.alertsTable }),
  onceAudit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
  connections: new StoredConnections({
    dynamo,
    table: env.connectionsTable,
    onMalformed: noteMalformed({ counters, log }),
  }),
  sockets: new GatewaySockets(gateway),
  notices: new TopicNotices({ sns: new SNSClient({}), topicArn: env.noticesTopic }),
  imageLinks: new StoredImageLinks({ dynamo, table: env.imageLinksTable, now, randomBytes }),
  pause: (ms) => setTimeout(ms),
  counters,
  log,
});
