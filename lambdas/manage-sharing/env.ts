import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = {
  ...apiEnv,
  /** ARN of the topic to which the administrator is subscribed. */
  noticesTopic: 'NOTICES_TOPIC',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
