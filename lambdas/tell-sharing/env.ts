import { requireEnv } from '../env';

export const env = {
  sharingTable: 'SHARING_TABLE',
  /** ARN of the topic to which the administrator is subscribed. */
  noticesTopic: 'NOTICES_TOPIC',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
