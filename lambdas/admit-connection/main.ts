import { randomBytes } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { StoredConnections } from '../../adapters/connections/connections';
import { StoredTickets } from '../../adapters/connections/tickets';
import { startApi } from '../api';
import { emfCounters } from '../counters';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'admit-connection';
const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service, ...env });
const counters = emfCounters(service);
const log = new Logger({ serviceName: service });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  tickets: new StoredTickets({ dynamo, table: env.ticketsTable, now: () => Date.now(), randomBytes }),
  connections: new StoredConnections({
    dynamo,
    table: env.connectionsTable,
    onMalformed: noteMalformed({ counters, log }),
  }),
  isOwnAddress: (address) => deps.rules.placeOf(address) !== undefined,
  counters,
});
