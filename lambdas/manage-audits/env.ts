import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = { ...apiEnv, auditsTable: 'AUDITS_TABLE', auditsBucket: 'AUDITS_BUCKET' } as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
