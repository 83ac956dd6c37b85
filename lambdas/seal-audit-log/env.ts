import { requireEnv } from '../env';

export const env = {
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  logHeadTable: 'LOG_HEAD_TABLE',
  logBucket: 'LOG_BUCKET',
  /** The KMS key that signs checkpoints. */
  logKeyId: 'LOG_KEY_ID',
  /** The name of the log in its checkpoints and on its signatures. */
  logOrigin: 'LOG_ORIGIN',
  /** `COMPLIANCE` or `GOVERNANCE`. */
  lockMode: 'LOCK_MODE',
  /** How long nobody can delete what is sealed. */
  lockDays: 'LOCK_DAYS',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
