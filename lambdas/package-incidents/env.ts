import { requireEnv } from '../env';

export const env = {
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  findingsTable: 'FINDINGS_TABLE',
  auditsTable: 'AUDITS_TABLE',
  auditsBucket: 'AUDITS_BUCKET',
  logHeadTable: 'LOG_HEAD_TABLE',
  logBucket: 'LOG_BUCKET',
  logOrigin: 'LOG_ORIGIN',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
