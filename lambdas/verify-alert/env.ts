import { requireEnv } from '../env';

export const env = {
  peopleTable: 'PEOPLE_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  dayKeysTable: 'DAY_KEYS_TABLE',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  alertsTable: 'ALERTS_TABLE',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
