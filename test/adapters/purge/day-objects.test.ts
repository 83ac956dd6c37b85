import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DayObjects } from '../../../adapters/purge/day-objects';
import { captureDay } from '../../../core/retention/day';
import { type S3Stack, startS3 } from '../../local/s3/support';

let s3: S3Stack;
let bucket: string;
const first = captureDay(Date.parse('2026-11-01T00:00:00Z'));

beforeEach(async () => {
  s3 = await startS3();
  bucket = await s3.bucket();
  for (const Key of ['2026-11-02/a/plate', '2026-11-01/a/plate', '2026-11-01/b/plate', 'notes/a', 'readme'])
    await s3.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'sealed' }));
});
afterEach(() => s3.stop());

describe('the objects of days', () => {
  it('are listed by day, oldest first, and nothing else is taken for a day', async () => {
    expect(await new DayObjects(s3.client, bucket).days()).toEqual(['2026-11-01', '2026-11-02']);
  });

  it('are deleted for one day until none is left', async () => {
    const objects = new DayObjects(s3.client, bucket);
    expect(await objects.deleteSome(first)).toBe(2);
    expect(await objects.deleteSome(first)).toBe(0);
    expect(
      s3.s3
        .dump(bucket)
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['2026-11-02/a/plate', 'notes/a', 'readme']);
  });
});
