import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ImagesStore } from '../../../adapters/images/images-store';
import { StoreError } from '../../../adapters/stores/store-error';
import { captureDay } from '../../../core/retention/day';
import { SealBroken } from '../../../core/retention/day-key';
import { capturedAtMs } from '../../core/reads/made-read';
import { type S3Stack, startS3 } from '../../local/s3/support';
import { madeDayKeys } from '../made-day-keys';

let s3: S3Stack;
let bucket: string;
let nowMs: number;
let images: ImagesStore;

beforeEach(async () => {
  nowMs = capturedAtMs;
  s3 = await startS3();
  bucket = await s3.bucket();
  images = new ImagesStore({ s3: s3.client, bucket, dayKeys: madeDayKeys(() => nowMs) });
});
afterEach(() => s3.stop());

const readId = '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a001';
const plate = { day: captureDay(capturedAtMs), readId, image: 'plate' } as const;
const objectKey = `2026-11-02/${readId}/plate`;
const jpeg = Buffer.from('made-up jpeg of a plate');

describe('the pictures of reads', () => {
  it('come back as they were put, and lie sealed in between', async () => {
    expect(await images.put(plate, jpeg)).toBe('stored');
    expect(Buffer.from((await images.get(plate)) ?? [])).toEqual(jpeg);
    const object = await s3.client.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey }));
    expect(Buffer.from((await object.Body?.transformToByteArray()) ?? []).includes('jpeg')).toBe(false);
  });

  it('stand as they were put first, whatever comes under the same name again [Acct-D]', async () => {
    await images.put(plate, jpeg);
    expect(await images.put(plate, Buffer.from('made-up jpeg of another plate'))).toBe('stored');
    expect(Buffer.from((await images.get(plate)) ?? [])).toEqual(jpeg);
  });

  it('that were never put are absent, not an error', async () => {
    expect(await images.get(plate)).toBeUndefined();
  });

  it('do not open under another read’s name', async () => {
    await images.put(plate, jpeg);
    const object = await s3.client.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey }));
    await s3.client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: `2026-11-02/${readId}/vehicle`,
        Body: (await object.Body?.transformToByteArray()) ?? '',
      }),
    );
    await expect(images.get({ ...plate, image: 'vehicle' })).rejects.toThrow(SealBroken);
  });

  it('of a forgotten day are neither given nor taken [Storage-A]', async () => {
    await images.put(plate, jpeg);
    nowMs = Date.parse('2026-12-01T22:00:00Z');
    expect(await images.get(plate)).toBeUndefined();
    expect(await images.put(plate, jpeg)).toBe('forgotten');
  });

  it('are an error when the bucket refuses', async () => {
    s3.iam.refuse('s3:PutObject');
    await expect(images.put(plate, jpeg)).rejects.toThrow(StoreError);
  });
});
