import { apiEnv } from '../api-env';
import { requireEnv } from '../env';

export const env = {
  ...apiEnv,
  hotListTable: 'HOT_LIST_TABLE',
  /** Called with a confirmed delivery. */
  importHotListFunction: 'IMPORT_HOT_LIST_FUNCTION',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
