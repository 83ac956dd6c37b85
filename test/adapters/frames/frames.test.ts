import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Frames } from '../../../adapters/frames/frames';
import { StoreError } from '../../../adapters/stores/store-error';
import { type S3Stack, startS3 } from '../../local/s3/support';

let s3: S3Stack;
let bucket: string;

beforeEach(async () => {
  s3 = await startS3();
  bucket = await s3.bucket();
  await s3.client.send(
    new PutObjectCommand({ Bucket: bucket, Key: 'fixed-1/frame', Body: Buffer.alloc(100, 1) }),
  );
});
afterEach(() => s3.stop());

describe('the raw frames', () => {
  const frame = () => ({ bucket, key: 'fixed-1/frame' });

  it('are read up to a size and not beyond it', async () => {
    expect(await new Frames(s3.client).get(frame(), 100)).toHaveLength(100);
    expect(await new Frames(s3.client).get(frame(), 99)).toBe('too-large');
  });

  it('are gone once deleted, and may be deleted again', async () => {
    const frames = new Frames(s3.client);
    await frames.delete(frame());
    await frames.delete(frame());
    expect(await frames.get(frame(), 100)).toBe('gone');
  });

  it('that may not be read are an error', async () => {
    s3.iam.refuse('s3:GetObject');
    await expect(new Frames(s3.client).get(frame(), 100)).rejects.toThrow(StoreError);
  });
});
