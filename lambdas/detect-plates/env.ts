import { requireEnv } from '../env';

export const env = {
  camerasTable: 'CAMERAS_TABLE',
  quarantineTable: 'QUARANTINE_TABLE',
  detectedReadsStream: 'DETECTED_READS_STREAM',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
