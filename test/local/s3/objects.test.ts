import http from 'node:http';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { clientConfig } from '../support';
import { type S3Stack, startS3, versioned } from './support';

let stack: S3Stack;
beforeEach(async () => {
  stack = await startS3();
});
afterEach(() => stack.stop());

const put = (Bucket: string, Key: string, Body: string, more: object = {}) =>
  stack.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const text = async (Bucket: string, Key: string, more: object = {}) =>
  (await stack.client.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();

describe('an object', () => {
  it('comes back with its bytes, type, metadata and time, and a checksum that the client verifies', async () => {
    const Bucket = await stack.bucket();
    const Key = 'día/a b+c&<d>.txt';
    await put(Bucket, Key, 'hello', {
      ContentType: 'text/plain',
      Metadata: { origin: 'test' },
      CacheControl: 'no-store',
    });
    const got = await stack.client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got).toMatchObject({
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      ContentLength: 5,
      Metadata: { origin: 'test' },
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      ChecksumCRC32: 'NhCmhg==',
      ServerSideEncryption: 'AES256',
      LastModified: new Date(Math.floor(stack.clock.now() / 1000) * 1000),
    });
    const head = await stack.client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentLength: 5, ContentType: 'text/plain' });
  });

  it.each(['CRC32C', 'SHA1', 'SHA256'] as const)('is taken with a %s checksum', async (ChecksumAlgorithm) => {
    const Bucket = await stack.bucket();
    await put(Bucket, 'k', 'hello', { ChecksumAlgorithm });
    expect(await text(Bucket, 'k')).toBe('hello');
  });

  it('is taken as a stream with a trailing checksum', async () => {
    const Bucket = await stack.bucket();
    const Body = Readable.from([Buffer.from('hel'), Buffer.from('lo')]);
    await stack.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ContentLength: 5 }));
    const got = await stack.client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got).toMatchObject({ ChecksumCRC32: 'NhCmhg==' });
    expect(got.ContentEncoding).toBeUndefined();
  });

  it.each([
    ['ChecksumCRC32', 'AAAAAA=='],
    ['ContentMD5', 'AAAAAAAAAAAAAAAAAAAAAA=='],
  ])('is refused when its bytes do not match the %s', async (name, value) => {
    const Bucket = await stack.bucket();
    await expect(put(Bucket, 'k', 'hello', { [name]: value })).rejects.toMatchObject({ name: 'BadDigest' });
    expect(stack.s3.dump(Bucket)).toEqual([]);
  });

  it.each([
    ['bytes=1-3', 'ell', 'bytes 1-3/5'],
    ['bytes=3-', 'lo', 'bytes 3-4/5'],
    ['bytes=-2', 'lo', 'bytes 3-4/5'],
    ['bytes=2-99', 'llo', 'bytes 2-4/5'],
  ])('is read in the range %s', async (Range, expected, ContentRange) => {
    const Bucket = await stack.bucket();
    await put(Bucket, 'k', 'hello');
    const got = await stack.client.send(new GetObjectCommand({ Bucket, Key: 'k', Range }));
    expect(await got.Body?.transformToString()).toBe(expected);
    expect(got.ContentRange).toBe(ContentRange);
  });

  it('has no range beyond its end', async () => {
    const Bucket = await stack.bucket();
    await put(Bucket, 'k', 'hello');
    await expect(text(Bucket, 'k', { Range: 'bytes=5-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('is not sent again to a reader who has it', async () => {
    const Bucket = await stack.bucket();
    const { ETag } = await put(Bucket, 'k', 'hello');
    await expect(text(Bucket, 'k', { IfNoneMatch: ETag })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    await expect(text(Bucket, 'k', { IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
  });

  it('is copied with its bytes and metadata, between buckets too', async () => {
    const [from, to] = [await stack.bucket({}, 'From'), await stack.bucket({}, 'To')];
    await put(from, 'a/ü b', 'hello', { Metadata: { origin: 'test' } });
    await stack.client.send(
      new CopyObjectCommand({ Bucket: to, Key: 'copy', CopySource: encodeURI(`${from}/a/ü b`) }),
    );
    const got = await stack.client.send(new GetObjectCommand({ Bucket: to, Key: 'copy' }));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got.Metadata).toEqual({ origin: 'test' });
    expect(stack.iam.calls.slice(1, 3).map(({ action, resource }) => [action, resource])).toEqual([
      ['s3:GetObject', 'arn:aws:s3:::teststack-from/a/ü b'],
      ['s3:PutObject', 'arn:aws:s3:::teststack-to/copy'],
    ]);
  });

  it('carries tags', async () => {
    const Bucket = await stack.bucket();
    await put(Bucket, 'k', 'hello', { Tagging: 'stage=transit' });
    const tags = async () =>
      (await stack.client.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))).TagSet;
    expect(await tags()).toEqual([{ Key: 'stage', Value: 'transit' }]);
    await stack.client.send(
      new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet: [{ Key: 'a', Value: '<1>' }] } }),
    );
    expect(await tags()).toEqual([{ Key: 'a', Value: '<1>' }]);
    await stack.client.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k' }));
    expect(await tags()).toEqual([]);
  });
});

describe('a conditional write', () => {
  it('puts an object once and never over another, with If-None-Match', async () => {
    const Bucket = await stack.bucket();
    await put(Bucket, 'tile', 'first', { IfNoneMatch: '*' });
    await expect(put(Bucket, 'tile', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await text(Bucket, 'tile')).toBe('first');
  });

  it('may put again what is hidden behind a delete marker', async () => {
    const Bucket = await stack.bucket(versioned);
    await put(Bucket, 'tile', 'first');
    await stack.client.send(new DeleteObjectCommand({ Bucket, Key: 'tile' }));
    await put(Bucket, 'tile', 'second', { IfNoneMatch: '*' });
    expect(await text(Bucket, 'tile')).toBe('second');
  });

  it('replaces only the object that the writer saw, with If-Match', async () => {
    const Bucket = await stack.bucket();
    const { ETag } = await put(Bucket, 'pointer', 'one');
    await put(Bucket, 'pointer', 'two', { IfMatch: ETag });
    await expect(put(Bucket, 'pointer', 'three', { IfMatch: ETag })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(put(Bucket, 'absent', 'one', { IfMatch: ETag })).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    expect(await text(Bucket, 'pointer')).toBe('two');
  });
});

describe('versions', () => {
  it('keep what was overwritten and deleted until that very version is deleted', async () => {
    const Bucket = await stack.bucket(versioned);
    const one = await put(Bucket, 'k', 'one');
    const two = await put(Bucket, 'k', 'two');
    const marker = await stack.client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(marker.DeleteMarker).toBe(true);
    await expect(text(Bucket, 'k')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await text(Bucket, 'k', { VersionId: one.VersionId })).toBe('one');

    const listed = await stack.client.send(new ListObjectVersionsCommand({ Bucket }));
    expect(listed.DeleteMarkers).toMatchObject([{ Key: 'k', VersionId: marker.VersionId, IsLatest: true }]);
    expect(listed.Versions?.map(({ VersionId }) => VersionId)).toEqual([two.VersionId, one.VersionId]);

    await stack.client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: marker.VersionId }));
    expect(await text(Bucket, 'k')).toBe('two');
    await stack.client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: two.VersionId }));
    expect(await text(Bucket, 'k')).toBe('one');
    await expect(text(Bucket, 'k', { VersionId: two.VersionId })).rejects.toMatchObject({
      name: 'NoSuchVersion',
    });
  });

  it('are listed in pages that leave out none', async () => {
    const Bucket = await stack.bucket(versioned);
    for (const key of ['a', 'b', 'c']) for (const body of ['1', '2']) await put(Bucket, key, body);
    const seen: string[] = [];
    let KeyMarker: string | undefined;
    let VersionIdMarker: string | undefined;
    do {
      const page = await stack.client.send(
        new ListObjectVersionsCommand({ Bucket, MaxKeys: 4, KeyMarker, VersionIdMarker }),
      );
      seen.push(...(page.Versions ?? []).map(({ Key, IsLatest }) => `${Key}${IsLatest ? '!' : ''}`));
      [KeyMarker, VersionIdMarker] = [page.NextKeyMarker, page.NextVersionIdMarker];
    } while (KeyMarker !== undefined);
    expect(seen).toEqual(['a!', 'a', 'b!', 'b', 'c!', 'c']);
  });

  it('do not exist in a bucket without versioning', async () => {
    const Bucket = await stack.bucket();
    await put(Bucket, 'k', 'one');
    await put(Bucket, 'k', 'two');
    expect(stack.s3.dump(Bucket)).toMatchObject([{ key: 'k', versionId: 'null', body: Buffer.from('two') }]);
    await stack.client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(stack.s3.dump(Bucket)).toEqual([]);
  });

  it('are all in a dump, hidden ones and markers too', async () => {
    const Bucket = await stack.bucket(versioned);
    await put(Bucket, 'k', 'one');
    await stack.client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(stack.s3.dump(Bucket)).toMatchObject([
      { kind: 'delete-marker', key: 'k', isCurrent: true },
      { kind: 'object', key: 'k', isCurrent: false, body: Buffer.from('one') },
    ]);
  });
});

describe('a listing', () => {
  it('is in UTF-8 order, in pages that leave out none', async () => {
    const Bucket = await stack.bucket();
    for (const key of ['b', 'a', 'é', '\u{1f600}', '\uffee', 'a b']) await put(Bucket, key, 'x');
    const seen: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await stack.client.send(
        new ListObjectsV2Command({ Bucket, MaxKeys: 4, ContinuationToken }),
      );
      expect(page.KeyCount).toBe(page.Contents?.length);
      seen.push(...(page.Contents ?? []).map(({ Key }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(seen).toEqual(['a', 'a b', 'b', 'é', '\uffee', '\u{1f600}']);
  });

  it('folds keys by delimiter, counts each common prefix as one and goes on after it', async () => {
    const Bucket = await stack.bucket();
    for (const key of ['p/1/a', 'p/1/b', 'p/2/a', 'p/z', 'q/a']) await put(Bucket, key, 'x');
    const first = await stack.client.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'p/', Delimiter: '/', MaxKeys: 1 }),
    );
    expect(first.CommonPrefixes).toEqual([{ Prefix: 'p/1/' }]);
    const rest = await stack.client.send(
      new ListObjectsV2Command({
        Bucket,
        Prefix: 'p/',
        Delimiter: '/',
        ContinuationToken: first.NextContinuationToken,
      }),
    );
    expect(rest.CommonPrefixes).toEqual([{ Prefix: 'p/2/' }]);
    expect(rest.Contents?.map(({ Key }) => Key)).toEqual(['p/z']);
  });

  it('tells policies the prefix that is asked for', async () => {
    const Bucket = await stack.bucket();
    await stack.client.send(new ListObjectsV2Command({ Bucket, Prefix: '2026-03-01/' }));
    expect(stack.iam.calls[0]).toMatchObject({
      action: 's3:ListBucket',
      resource: 'arn:aws:s3:::teststack-store',
      context: { 's3:prefix': '2026-03-01/', 'aws:SecureTransport': 'true' },
    });
  });
});

describe('a delete of many', () => {
  it('decides each key by itself', async () => {
    const Bucket = await stack.bucket();
    for (const key of ['a', 'b & c']) await put(Bucket, key, 'x');
    const done = await stack.client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: 'a' }, { Key: 'b & c' }, { Key: 'none' }] },
      }),
    );
    expect(done.Deleted?.map(({ Key }) => Key)).toEqual(['a', 'b & c', 'none']);
    expect(stack.s3.dump(Bucket)).toEqual([]);
  });

  it('names the keys it may not delete, and leaves them', async () => {
    const Bucket = await stack.bucket();
    await put(Bucket, 'a', 'x');
    stack.iam.refuse('s3:DeleteObject');
    const done = await stack.client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }] } }),
    );
    expect(done.Errors).toMatchObject([{ Key: 'a', Code: 'AccessDenied' }]);
    expect(stack.s3.dump(Bucket)).toHaveLength(1);
  });
});

describe('who may do what', () => {
  it('is asked before anything is done, and a refusal reaches the client as AccessDenied', async () => {
    const Bucket = await stack.bucket();
    stack.iam.refuse('s3:PutObject');
    await expect(put(Bucket, 'k', 'x')).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    expect(stack.s3.dump(Bucket)).toEqual([]);
  });

  it('depends on what a write asks for: encryption, condition, retention, tags', async () => {
    const Bucket = await stack.bucket();
    await put(Bucket, 'k', 'x', {
      IfNoneMatch: '*',
      ServerSideEncryption: 'AES256',
      Tagging: 'stage=transit',
    });
    expect(stack.iam.calls.map(({ action }) => action)).toEqual(['s3:PutObject', 's3:PutObjectTagging']);
    expect(stack.iam.calls[0]?.context).toMatchObject({
      's3:if-none-match': '*',
      's3:x-amz-server-side-encryption': 'AES256',
      's3:RequestObjectTag/stage': 'transit',
      's3:RequestObjectTagKeys': ['stage'],
    });
    expect(stack.iam.calls[0]?.context).not.toHaveProperty('s3:if-match');
  });

  it('keeps from whoever may not list a bucket whether an object exists', async () => {
    const Bucket = await stack.bucket();
    await expect(text(Bucket, 'none')).rejects.toMatchObject({ name: 'NoSuchKey' });
    stack.iam.refuse('s3:ListBucket');
    await expect(text(Bucket, 'none')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('refuses a wrong secret, an unknown key, and a link without a signed header', async () => {
    const Bucket = await stack.bucket();
    const read = (accessKeyId: string, secretAccessKey: string) => {
      const credentials = { accessKeyId, secretAccessKey };
      return new S3Client({ ...clientConfig(stack.url), credentials }).send(
        new HeadBucketCommand({ Bucket }),
      );
    };
    const forbidden = { $metadata: { httpStatusCode: 403 } };
    await expect(read('AKIDTESTTESTTESTTEST', 'wrong')).rejects.toMatchObject(forbidden);
    await expect(read('AKIDUNKNOWN', 'test-secret')).rejects.toMatchObject(forbidden);
    const status = await new Promise((resolve) => {
      http.get(`${stack.url}/${Bucket}/k?X-Amz-Signature=00`, (res) => resolve(res.resume().statusCode));
    });
    expect(status).toBe(403);
  });
});

it('says that a bucket does not exist, and which operation it does not model', async () => {
  await expect(text('none', 'k')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await expect(stack.client.send(new CreateBucketCommand({ Bucket: 'new' }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
});

it('puts for a role inside this process, under the permissions of that role', async () => {
  const bucket = await stack.bucket();
  const caller = { accessKeyId: 'AKIDOTHER', roleArn: 'arn:aws:iam::000000000000:role/consumer' };
  const failed = { caller, bucket, key: 'failed/1', body: Buffer.from('{}') };
  stack.s3.putObject(failed);
  expect(await text(bucket, 'failed/1')).toBe('{}');
  expect(stack.iam.calls[0]).toMatchObject({ caller, action: 's3:PutObject' });
  stack.iam.refuse('s3:PutObject');
  expect(() => stack.s3.putObject(failed)).toThrow('not authorized to perform: s3:PutObject');
});
