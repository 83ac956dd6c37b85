import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = {
  ...apiEnv,
  dayKeysTable: 'DAY_KEYS_TABLE',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  readsTable: 'READS_TABLE',
  imagesBucket: 'IMAGES_BUCKET',
  evidenceTable: 'EVIDENCE_TABLE',
  evidenceBucket: 'EVIDENCE_BUCKET',
  evidenceDropBucket: 'EVIDENCE_DROP_BUCKET',
  evidenceKeyId: 'EVIDENCE_KEY_ID',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
