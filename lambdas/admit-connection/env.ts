import { requireEnv } from '../env';

export const env = {
  peopleTable: 'PEOPLE_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  ticketsTable: 'TICKETS_TABLE',
  connectionsTable: 'CONNECTIONS_TABLE',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
