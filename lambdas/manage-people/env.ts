import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = {
  ...apiEnv,
  userPoolId: 'USER_POOL_ID',
  deliverAlertsFunction: 'DELIVER_ALERTS_FUNCTION',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
