import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = { ...apiEnv } as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
