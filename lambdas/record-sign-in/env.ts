import { requireEnv } from '../env';

export const env = {
  peopleTable: 'PEOPLE_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  sessionsTable: 'SESSIONS_TABLE',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
