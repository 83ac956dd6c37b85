import { requireEnv } from '../env';

export const env = { sharingTable: 'SHARING_TABLE', portalBucket: 'PORTAL_BUCKET' } as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
