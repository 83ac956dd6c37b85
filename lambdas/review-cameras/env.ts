import { requireEnv } from '../env';

export const env = {
  sitesTable: 'SITES_TABLE',
  camerasTable: 'CAMERAS_TABLE',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
