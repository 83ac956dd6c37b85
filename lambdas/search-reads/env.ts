import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = {
  ...apiEnv,
  usageTable: 'USAGE_TABLE',
  dayKeysTable: 'DAY_KEYS_TABLE',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  readsTable: 'READS_TABLE',
  imageLinksTable: 'IMAGE_LINKS_TABLE',
  plateIndexBucket: 'PLATE_INDEX_BUCKET',
  searchesTable: 'SEARCHES_TABLE',
  searchAnswersTable: 'SEARCH_ANSWERS_TABLE',
  sitesTable: 'SITES_TABLE',
  camerasTable: 'CAMERAS_TABLE',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
