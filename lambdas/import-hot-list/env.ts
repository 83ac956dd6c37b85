import { requireEnv } from '../env';

export const env = {
  hotListTable: 'HOT_LIST_TABLE',
  hotListsBucket: 'HOT_LISTS_BUCKET',
  uploadsBucket: 'UPLOADS_BUCKET',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
