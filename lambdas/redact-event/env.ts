import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = { ...apiEnv, redactionsTable: 'REDACTIONS_TABLE' } as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
