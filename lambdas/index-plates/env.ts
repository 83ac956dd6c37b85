import { requireEnv } from '../env';

export const env = {
  camerasTable: 'CAMERAS_TABLE',
  sharingTable: 'SHARING_TABLE',
  dayKeysTable: 'DAY_KEYS_TABLE',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  plateIndexBucket: 'PLATE_INDEX_BUCKET',
  /** Name of the stream whose records need no signature. */
  detectedReadsStream: 'DETECTED_READS_STREAM',
  /** Name of the stream of partners' feeds. */
  partnerReadsStream: 'PARTNER_READS_STREAM',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
