import { requireEnv } from '../env';

export const env = {
  imagesBucket: 'IMAGES_BUCKET',
  plateIndexBucket: 'PLATE_INDEX_BUCKET',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
