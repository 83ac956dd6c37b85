import { DeleteObjectsCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { type CaptureDay, parseCaptureDay } from '../../core/retention/day';
import { fromStore, StoreError } from '../stores/store-error';

const objectsPerCall = 1000;

/** A bucket whose keys begin with `<day>/`. */
export class DayObjects {
  constructor(
    readonly s3: S3Client,
    readonly bucket: string,
  ) {}

  /** The days with objects, oldest first; at most 1,000, and none for prefixes that are no days. */
  async days(): Promise<readonly CaptureDay[]> {
    const { CommonPrefixes = [] } = await fromStore('purge', () =>
      this.s3.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Delimiter: '/', MaxKeys: objectsPerCall }),
      ),
    );
    return CommonPrefixes.flatMap(({ Prefix = '' }) => parseCaptureDay(Prefix.slice(0, -1)) ?? []);
  }

  /** Deletes up to 1,000 objects of the day and says how many; 0: the day has none any more. */
  async deleteSome(day: CaptureDay): Promise<number> {
    const { Contents = [] } = await fromStore('purge', () =>
      this.s3.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: `${day}/`, MaxKeys: objectsPerCall }),
      ),
    );
    const objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
    if (objects.length === 0) return 0;
    const { Errors = [] } = await fromStore('purge', () =>
      this.s3.send(
        new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects: objects, Quiet: true } }),
      ),
    );
    if (Errors.length > 0) throw new StoreError('unprocessed', 'purge');
    return objects.length;
  }
}
