import { requireEnv } from '../env';

export const env = {
  dayKeysTable: 'DAY_KEYS_TABLE',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  plateIndexBucket: 'PLATE_INDEX_BUCKET',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
