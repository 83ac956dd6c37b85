import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = {
  ...apiEnv,
  camerasTable: 'CAMERAS_TABLE',
  sitesTable: 'SITES_TABLE',
  devicePolicy: 'DEVICE_POLICY',
  roleAlias: 'ROLE_ALIAS',
  partnerPolicy: 'PARTNER_POLICY',
  partnerRoleAlias: 'PARTNER_ROLE_ALIAS',
  framesBucket: 'FRAMES_BUCKET',
  videoKey: 'VIDEO_KEY',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
