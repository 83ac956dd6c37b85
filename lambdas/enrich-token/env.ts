import { requireEnv } from '../env';

export const env = {
  peopleTable: 'PEOPLE_TABLE',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
