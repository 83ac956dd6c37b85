import { requireEnv } from '../env';

export const env = { portalBucket: 'PORTAL_BUCKET' } as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
