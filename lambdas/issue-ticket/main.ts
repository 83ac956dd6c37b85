import { randomBytes } from 'node:crypto';
import { StoredTickets } from '../../adapters/connections/tickets';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'issue-ticket', ...env });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  tickets: new StoredTickets({ dynamo, table: env.ticketsTable, now: () => Date.now(), randomBytes }),
});
