import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { fromStore, StoreError } from '../stores/store-error';

export interface ReportFile {
  /** Object key. */
  readonly name: string;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** Files of one bucket: that of the reports, or the portal's. */
export class ReportFiles {
  constructor(
    readonly s3: S3Client,
    readonly bucket: string,
  ) {}

  /**
   * Resolves when the file is durable. Caches before the portal keep it for a minute; told nothing, they would show a day
   * long what an agreement or a report no longer says.
   */
  async put({ name, contentType, body }: ReportFile): Promise<void> {
    await fromStore('reports', () =>
      this.s3.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: name,
          Body: body,
          ContentType: contentType,
          CacheControl: 'public, max-age=60',
          ChecksumAlgorithm: 'SHA256',
        }),
      ),
    );
  }

  /** A text file. Throws `StoreError` where there is no such file, too. */
  async get(name: string): Promise<string> {
    const { Body } = await fromStore('reports', () =>
      this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: name })),
    );
    if (Body === undefined) throw new StoreError('malformed', 'reports');
    return Body.transformToString('utf8');
  }
}
