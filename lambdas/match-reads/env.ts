import { requireEnv } from '../env';

export const env = {
  camerasTable: 'CAMERAS_TABLE',
  sharingTable: 'SHARING_TABLE',
  dayKeysTable: 'DAY_KEYS_TABLE',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  hotListTable: 'HOT_LIST_TABLE',
  /** Files of the outside lists' deliveries. */
  hotListsBucket: 'HOT_LISTS_BUCKET',
  alertsTable: 'ALERTS_TABLE',
  suppressionsTable: 'SUPPRESSIONS_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  /** Told of each alert raised. */
  deliverAlertsFunction: 'DELIVER_ALERTS_FUNCTION',
  /** Name of the stream whose records need no signature. */
  detectedReadsStream: 'DETECTED_READS_STREAM',
  /** Name of the stream of partners' feeds. */
  partnerReadsStream: 'PARTNER_READS_STREAM',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
