import { randomBytes } from 'node:crypto';
import { StoredConnections } from '../../adapters/connections/connections';
import { StoredTickets } from '../../adapters/connections/tickets';
import { startApi } from '../api';
import { emfCounters } from '../counters';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'admit-connection', ...env });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  tickets: new StoredTickets({ dynamo, table: env.ticketsTable, now: () => Date.now(), randomBytes }),
  connections: new StoredConnections({ dynamo, table: env.connectionsTable }),
  counters: emfCounters('admit-connection'),
});
