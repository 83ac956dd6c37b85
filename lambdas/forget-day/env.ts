import { requireEnv } from '../env';

export const env = {
  dayKeysTable: 'DAY_KEYS_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  /** Names of the functions that hold day keys in memory, separated by commas. */
  keyholderFunctions: 'KEYHOLDER_FUNCTIONS',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
