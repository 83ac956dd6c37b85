import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = {
  ...apiEnv,
  dayKeysTable: 'DAY_KEYS_TABLE',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  alertsTable: 'ALERTS_TABLE',
  /** Gets what a rejection suppresses. */
  suppressionsTable: 'SUPPRESSIONS_TABLE',
  /** Told of each step, so that others see it. */
  deliverAlertsFunction: 'DELIVER_ALERTS_FUNCTION',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
