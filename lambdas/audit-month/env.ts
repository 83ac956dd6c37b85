import { requireEnv } from '../env';

export const env = {
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  peopleTable: 'PEOPLE_TABLE',
  findingsTable: 'FINDINGS_TABLE',
  auditsTable: 'AUDITS_TABLE',
  auditsBucket: 'AUDITS_BUCKET',
  auditsTopic: 'AUDITS_TOPIC',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
