import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { AwsError } from '../../../local/aws/errors';
import { type S3Stack, startS3, underKey, versioned } from './support';

const dayMs = 86_400_000;
let stack: S3Stack;
beforeEach(async () => {
  stack = await startS3();
});
afterEach(() => stack.stop());

const put = (Bucket: string, Key: string, Body: string | Buffer, more: object = {}) =>
  stack.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = (Bucket: string, Key: string) => stack.client.send(new GetObjectCommand({ Bucket, Key }));
const remove = (Bucket: string, Key: string, VersionId?: string, BypassGovernanceRetention?: boolean) =>
  stack.client.send(new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention }));

describe('a bucket under a customer key', () => {
  it('asks for the caller`s own permission on the key, in the context of the bucket', async () => {
    const Bucket = await stack.bucket(underKey('key-1'));
    const written = await put(Bucket, 'k', 'x');
    expect(written).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'arn:aws:kms:us-east-2:000000000000:key/key-1',
      BucketKeyEnabled: true,
    });
    await get(Bucket, 'k');
    await stack.client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
    const use = {
      keyId: 'key-1',
      encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::teststack-store' },
      viaService: 's3.us-east-2.amazonaws.com',
    };
    expect(stack.keyUses).toEqual([
      { ...use, action: 'kms:GenerateDataKey' },
      { ...use, action: 'kms:Decrypt' },
    ]);
  });

  it('uses the object`s ARN as context without a bucket key, and both keys for a copy', async () => {
    const from = await stack.bucket(underKey('key-1', false), 'From');
    const to = await stack.bucket(underKey('key-2'), 'To');
    await put(from, 'k', 'x');
    await stack.client.send(new CopyObjectCommand({ Bucket: to, Key: 'c', CopySource: `${from}/k` }));
    expect(
      stack.keyUses.map(({ action, keyId, encryptionContext }) => [action, keyId, encryptionContext]),
    ).toEqual([
      ['kms:GenerateDataKey', 'key-1', { 'aws:s3:arn': 'arn:aws:s3:::teststack-from/k' }],
      ['kms:Decrypt', 'key-1', { 'aws:s3:arn': 'arn:aws:s3:::teststack-from/k' }],
      ['kms:GenerateDataKey', 'key-2', { 'aws:s3:arn': 'arn:aws:s3:::teststack-to' }],
    ]);
  });

  it('gives nothing to a reader without the key, and nothing to anybody once the key is off', async () => {
    const Bucket = await stack.bucket(underKey('key-1'));
    await put(Bucket, 'k', 'x');
    stack.unusableKeys.set(
      'key-1',
      new AwsError('AccessDeniedException', 'not authorized to perform: kms:Decrypt'),
    );
    await expect(get(Bucket, 'k')).rejects.toMatchObject({ name: 'AccessDenied' });
    stack.unusableKeys.set('key-1', new AwsError('DisabledException', 'key-1 is disabled.'));
    await expect(get(Bucket, 'k')).rejects.toMatchObject({ name: 'KMS.DisabledException' });
  });

  it('has ETags that are no digest of the content', async () => {
    const Bucket = await stack.bucket(underKey('key-1'));
    const { ETag } = await put(Bucket, 'k', 'hello');
    expect(ETag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(ETag).not.toBe('"5d41402abc4b2a76b9719d911017c592"');
  });
});

describe('Object Lock', () => {
  const locked = (Mode: string) => ({
    ...versioned,
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days: 10 } } },
  });

  it('keeps a version from everybody until its retention ends, in compliance mode', async () => {
    const Bucket = await stack.bucket(locked('COMPLIANCE'));
    const { VersionId } = await put(Bucket, 'tile', 'x');
    await expect(remove(Bucket, 'tile', VersionId)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(remove(Bucket, 'tile', VersionId, true)).rejects.toMatchObject({ name: 'AccessDenied' });
    await remove(Bucket, 'tile');
    expect(stack.s3.dump(Bucket)).toHaveLength(2);
    stack.clock.advance(10 * dayMs);
    await remove(Bucket, 'tile', VersionId);
    expect(stack.s3.dump(Bucket).map(({ kind }) => kind)).toEqual(['delete-marker']);
  });

  it('lets go in governance mode with the bypass and its permission, not without', async () => {
    const Bucket = await stack.bucket(locked('GOVERNANCE'));
    const { VersionId } = await put(Bucket, 'tile', 'x');
    await expect(remove(Bucket, 'tile', VersionId)).rejects.toMatchObject({ name: 'AccessDenied' });
    await remove(Bucket, 'tile', VersionId, true);
    expect(stack.iam.calls.at(-1)?.action).toBe('s3:BypassGovernanceRetention');
    const again = await put(Bucket, 'tile', 'x');
    stack.iam.refuse('s3:BypassGovernanceRetention');
    await expect(remove(Bucket, 'tile', again.VersionId, true)).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('can make a compliance retention longer, never shorter or weaker', async () => {
    const Bucket = await stack.bucket(locked('COMPLIANCE'));
    await put(Bucket, 'tile', 'x');
    const retain = (Mode: 'COMPLIANCE' | 'GOVERNANCE', days: number) =>
      stack.client.send(
        new PutObjectRetentionCommand({
          Bucket,
          Key: 'tile',
          Retention: { Mode, RetainUntilDate: new Date(stack.clock.now() + days * dayMs) },
          BypassGovernanceRetention: true,
        }),
      );
    await retain('COMPLIANCE', 20);
    await expect(retain('COMPLIANCE', 19)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(retain('GOVERNANCE', 30)).rejects.toMatchObject({ name: 'AccessDenied' });
    const { Retention } = await stack.client.send(new GetObjectRetentionCommand({ Bucket, Key: 'tile' }));
    expect(Retention).toEqual({
      Mode: 'COMPLIANCE',
      RetainUntilDate: new Date(stack.clock.now() + 20 * dayMs),
    });
  });

  it('keeps a version on legal hold until the hold is lifted', async () => {
    const Bucket = await stack.bucket({ ...versioned, ObjectLockEnabled: true });
    const { VersionId } = await put(Bucket, 'k', 'x', { ObjectLockLegalHoldStatus: 'ON' });
    await expect(remove(Bucket, 'k', VersionId, true)).rejects.toMatchObject({ name: 'AccessDenied' });
    const hold = await stack.client.send(new GetObjectLegalHoldCommand({ Bucket, Key: 'k' }));
    expect(hold.LegalHold).toEqual({ Status: 'ON' });
    await stack.client.send(
      new PutObjectLegalHoldCommand({ Bucket, Key: 'k', LegalHold: { Status: 'OFF' } }),
    );
    await remove(Bucket, 'k', VersionId);
    expect(stack.s3.dump(Bucket)).toEqual([]);
  });

  it('is told of the bucket, and refused where the bucket has none', async () => {
    const Bucket = await stack.bucket(locked('COMPLIANCE'), 'Locked');
    const configuration = await stack.client.send(new GetObjectLockConfigurationCommand({ Bucket }));
    expect(configuration.ObjectLockConfiguration).toEqual({
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 10 } },
    });
    expect((await stack.client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
    const open = await stack.bucket({}, 'Open');
    await expect(put(open, 'k', 'x', { ObjectLockLegalHoldStatus: 'ON' })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
  });
});

describe('a multipart upload', () => {
  const partBytes = 5 * 1024 * 1024;
  const start = async (Bucket: string) => {
    const { UploadId } = await stack.client.send(
      new CreateMultipartUploadCommand({ Bucket, Key: 'big', ContentType: 'video/x-matroska' }),
    );
    const upload = async (PartNumber: number, Body: Buffer) => {
      const of = { Bucket, Key: 'big', UploadId, PartNumber };
      return { PartNumber, ETag: (await stack.client.send(new UploadPartCommand({ ...of, Body }))).ETag };
    };
    const complete = (Parts: { PartNumber: number; ETag: string | undefined }[]) =>
      stack.client.send(
        new CompleteMultipartUploadCommand({ Bucket, Key: 'big', UploadId, MultipartUpload: { Parts } }),
      );
    return { UploadId, upload, complete };
  };

  it('becomes one object, and nothing of it is an object before', async () => {
    const Bucket = await stack.bucket();
    const { UploadId, upload, complete } = await start(Bucket);
    const two = await upload(2, Buffer.from('end'));
    const one = await upload(1, Buffer.alloc(partBytes, 'a'));
    await expect(get(Bucket, 'big')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(stack.s3.dump(Bucket).map(({ kind }) => kind)).toEqual(['part', 'part']);
    const { Parts } = await stack.client.send(new ListPartsCommand({ Bucket, Key: 'big', UploadId }));
    expect(Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, partBytes],
      [2, 3],
    ]);

    const done = await complete([one, two]);
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    const got = await get(Bucket, 'big');
    expect(got).toMatchObject({ ContentLength: partBytes + 3, ContentType: 'video/x-matroska' });
    expect((await got.Body?.transformToString())?.slice(-4)).toBe('aend');
    expect((await stack.client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });

  it('refuses parts that are unknown, out of order or too small', async () => {
    const Bucket = await stack.bucket();
    const { upload, complete } = await start(Bucket);
    const one = await upload(1, Buffer.from('small'));
    const two = await upload(2, Buffer.from('end'));
    await expect(complete([one, { PartNumber: 2, ETag: '"other"' }])).rejects.toMatchObject({
      name: 'InvalidPart',
    });
    await expect(complete([two, one])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete([one, two])).rejects.toMatchObject({ name: 'EntityTooSmall' });
  });

  it('leaves nothing when it is aborted', async () => {
    const Bucket = await stack.bucket();
    const { UploadId, upload } = await start(Bucket);
    await upload(1, Buffer.from('x'));
    await stack.client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'big', UploadId }));
    expect(stack.s3.dump(Bucket)).toEqual([]);
    await expect(upload(2, Buffer.from('y'))).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});
