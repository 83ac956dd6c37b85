import { requireEnv } from '../env';

export const env = {
  dayKeysTable: 'DAY_KEYS_TABLE',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  readsTable: 'READS_TABLE',
  quarantineTable: 'QUARANTINE_TABLE',
  alertsTable: 'ALERTS_TABLE',
  camerasTable: 'CAMERAS_TABLE',
  sitesTable: 'SITES_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
