import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { FileName, PackageFile } from '../../core/evidence/package/package-file';
import type { EvidenceSystem } from '../../core/evidence/ports';
import { fromStore } from '../stores/store-error';

export interface EvidenceDropOptions {
  readonly s3: S3Client;
  readonly bucket: string;
}

/**
 * The bucket from which the Department's evidence system fetches: the files of a package under its id, the manifest
 * last, so that whoever sees a manifest finds the rest. The same package is the same objects, however often.
 */
export class EvidenceDrop implements EvidenceSystem {
  constructor(readonly options: EvidenceDropOptions) {}

  async handOver(evidenceId: string, files: readonly PackageFile[]): Promise<void> {
    const manifestLast = files.toSorted((a, b) => Number(isManifest(a)) - Number(isManifest(b)));
    for (const { name, bytes } of manifestLast)
      await fromStore('evidence drop', () =>
        this.options.s3.send(
          new PutObjectCommand({
            Bucket: this.options.bucket,
            Key: `${evidenceId}/${name}`,
            Body: bytes,
            ContentType: contentTypes[name],
            ChecksumAlgorithm: 'SHA256',
          }),
        ),
      );
  }
}

const contentTypes: Readonly<Record<FileName, string>> = {
  'plate.jpg': 'image/jpeg',
  'vehicle.jpg': 'image/jpeg',
  'read.json': 'application/json',
  'record.pdf': 'application/pdf',
  'manifest.json': 'application/json',
  'manifest.sig': 'application/octet-stream',
};

function isManifest({ name }: PackageFile): boolean {
  return name === 'manifest.json';
}
