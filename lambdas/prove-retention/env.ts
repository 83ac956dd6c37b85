import { requireEnv } from '../env';

export const env = {
  dayKeysTable: 'DAY_KEYS_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  imagesBucket: 'IMAGES_BUCKET',
  plateIndexBucket: 'PLATE_INDEX_BUCKET',
  /** How each store of reads was deployed: `<store>=none` or `<store>=continuous`, separated by commas. */
  recovery: 'RECOVERY',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
