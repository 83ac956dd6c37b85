import { requireEnv } from '../env';

export const env = {
  readsTable: 'READS_TABLE',
  dayKeysTable: 'DAY_KEYS_TABLE',
  camerasTable: 'CAMERAS_TABLE',
  sharingTable: 'SHARING_TABLE',
  quarantineTable: 'QUARANTINE_TABLE',
  sitesTable: 'SITES_TABLE',
  imagesBucket: 'IMAGES_BUCKET',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  /** Name of the stream whose records need no signature. */
  detectedReadsStream: 'DETECTED_READS_STREAM',
  /** Name of the stream of partners' feeds. */
  partnerReadsStream: 'PARTNER_READS_STREAM',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
