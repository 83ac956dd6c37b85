import { publishedDays } from '../../adapters/audit-log/published-days';
import { SealedEventRows } from '../../adapters/audit-log/sealed-rows';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { decide, dynamo, deps, configuration } = startApi({ service: 'draw-leaves', ...env });
const { origin } = configuration.auditLog;
const auditEvents = { dynamo, table: env.auditEventsTable };

export const handler = makeHandler({
  ...deps,
  decide,
  origin,
  published: publishedDays(auditEvents, origin),
  rows: new SealedEventRows(auditEvents),
});
