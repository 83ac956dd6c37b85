import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = { ...apiEnv, evidenceTable: 'EVIDENCE_TABLE' } as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
