import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = {
  ...apiEnv,
  camerasTable: 'CAMERAS_TABLE',
  sitesTable: 'SITES_TABLE',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
