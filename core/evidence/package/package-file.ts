import { createHash } from 'node:crypto';

export const fileNames = [
  'plate.jpg',
  'vehicle.jpg',
  'read.json',
  'record.pdf',
  'manifest.json',
  'manifest.sig',
] as const;
export type FileName = (typeof fileNames)[number];

export interface PackageFile {
  readonly name: FileName;
  readonly bytes: Uint8Array;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
