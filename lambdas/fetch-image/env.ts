import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = {
  ...apiEnv,
  dayKeysTable: 'DAY_KEYS_TABLE',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  imageLinksTable: 'IMAGE_LINKS_TABLE',
  imagesBucket: 'IMAGES_BUCKET',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
