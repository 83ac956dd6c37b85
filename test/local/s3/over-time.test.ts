import { CreateMultipartUploadCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type S3Stack, startS3, versioned } from './support';

const hourMs = 3_600_000;
let stack: S3Stack;
beforeEach(async () => {
  stack = await startS3();
});
afterEach(() => stack.stop());

const put = (Bucket: string, Key: string, more: object = {}) =>
  stack.client.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more }));
const keys = (bucket: string) => stack.s3.dump(bucket).map(({ key, kind }) => `${kind} ${key}`);
/** Noon of a day in the future, so that the client, which signs by the real clock, is corrected once and then agrees. */
const noonMs = Date.parse('2030-05-01T12:00:00Z');
const sweepAt = (time: string) => {
  stack.clock.set(Date.parse(time));
  return stack.s3.sweep();
};
const lifecycle = (...Rules: object[]) => ({
  LifecycleConfiguration: { Rules: Rules.map((rule) => ({ Status: 'Enabled', ...rule })) },
});

describe('the lifecycle', () => {
  beforeEach(() => stack.clock.set(noonMs));

  it('deletes an object at the first midnight after its days are over, and not before', async () => {
    const Bucket = await stack.bucket(lifecycle({ ExpirationInDays: 1 }));
    await put(Bucket, 'frame');
    expect(sweepAt('2030-05-02T23:59:59Z')).toBe(0);
    expect(sweepAt('2030-05-03T00:00:00Z')).toBe(1);
    expect(stack.s3.dump(Bucket)).toEqual([]);
  });

  it('takes only what its prefix, tags and size say', async () => {
    const Bucket = await stack.bucket(
      lifecycle({
        ExpirationInDays: 1,
        Prefix: 'a/',
        TagFilters: [{ Key: 'stage', Value: 'transit' }],
        ObjectSizeLessThan: 2,
      }),
    );
    await put(Bucket, 'a/gone', { Tagging: 'stage=transit' });
    await put(Bucket, 'a/untagged');
    await put(Bucket, 'a/large', { Tagging: 'stage=transit', Body: 'xx' });
    await put(Bucket, 'b/elsewhere', { Tagging: 'stage=transit' });
    expect(sweepAt('2030-05-03T00:00:00Z')).toBe(1);
    expect(keys(Bucket)).toEqual(['object a/large', 'object a/untagged', 'object b/elsewhere']);
  });

  it('hides expired versions first, deletes them when noncurrent long enough, and then the marker', async () => {
    const Bucket = await stack.bucket({
      ...versioned,
      ...lifecycle({
        ExpirationInDays: 1,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      }),
    });
    await put(Bucket, 'k');
    sweepAt('2030-05-03T00:00:00Z');
    expect(keys(Bucket)).toEqual(['delete-marker k', 'object k']);
    sweepAt('2030-05-04T00:00:00Z');
    expect(keys(Bucket)).toEqual(['delete-marker k']);
    sweepAt('2030-05-04T01:00:00Z');
    expect(keys(Bucket)).toEqual([]);
  });

  it('keeps the newest noncurrent versions where the rule says so', async () => {
    const Bucket = await stack.bucket({
      ...versioned,
      ...lifecycle({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 1 } }),
    });
    for (const _ of [1, 2, 3]) await put(Bucket, 'k');
    expect(sweepAt('2030-05-10T00:00:00Z')).toBe(1);
    expect(keys(Bucket)).toEqual(['object k', 'object k']);
  });

  it('leaves a version under retention until the retention is over', async () => {
    const Bucket = await stack.bucket({
      ...versioned,
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 30 } } },
      ...lifecycle({ NoncurrentVersionExpirationInDays: 1 }),
    });
    await put(Bucket, 'k');
    await stack.client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(sweepAt('2030-05-30T00:00:00Z')).toBe(0);
    expect(sweepAt('2030-06-01T00:00:00Z')).toBe(1);
    expect(keys(Bucket)).toEqual(['delete-marker k']);
  });

  it('aborts uploads that were never finished', async () => {
    const Bucket = await stack.bucket(
      lifecycle({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
    );
    await stack.client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big' }));
    expect(sweepAt('2030-05-02T23:00:00Z')).toBe(0);
    expect(sweepAt('2030-05-03T00:00:00Z')).toBe(1);
  });

  it('does nothing for a rule that is disabled', async () => {
    const Bucket = await stack.bucket(lifecycle({ ExpirationInDays: 1, Status: 'Disabled' }));
    await put(Bucket, 'k');
    expect(sweepAt('2030-06-01T00:00:00Z')).toBe(0);
  });
});

describe('a notification', () => {
  const queue = 'arn:aws:sqs:us-east-2:000000000000:frames';
  const toQueue = {
    NotificationConfiguration: {
      QueueConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Queue: queue,
          Filter: { S3Key: { Rules: [{ Name: 'suffix', Value: '.jpg' }] } },
        },
      ],
    },
  };

  it('begins with a test event to the queue', async () => {
    await stack.bucket(toQueue);
    expect(stack.delivered).toEqual([
      {
        to: queue,
        sourceArn: 'arn:aws:s3:::teststack-store',
        payload: {
          Service: 'Amazon S3',
          Event: 's3:TestEvent',
          Time: new Date(stack.clock.now()).toISOString(),
          Bucket: 'teststack-store',
          RequestId: 'LOCAL',
          HostId: 'local',
        },
      },
    ]);
  });

  it('cannot be set up for a queue whose policy does not let S3 in', async () => {
    stack.refusingTargets.add(queue);
    await expect(stack.bucket(toQueue)).rejects.toThrow('AWS::S3::Bucket TestStack/Store: the policy of');
  });

  it('tells the queue of a matching object in the shape of S3, the key form-encoded', async () => {
    const Bucket = await stack.bucket(toQueue);
    stack.delivered.length = 0;
    await put(Bucket, 'cam-1/17 a+b.jpg');
    await put(Bucket, 'cam-1/notes.txt');
    await stack.s3.idle();
    expect(stack.delivered).toEqual([
      {
        to: queue,
        sourceArn: 'arn:aws:s3:::teststack-store',
        payload: {
          Records: [
            {
              eventVersion: '2.1',
              eventSource: 'aws:s3',
              awsRegion: 'us-east-2',
              eventTime: new Date(stack.clock.now()).toISOString(),
              eventName: 'ObjectCreated:Put',
              userIdentity: { principalId: 'AWS:arn:aws:iam::000000000000:role/test-role' },
              requestParameters: { sourceIPAddress: '127.0.0.1' },
              responseElements: { 'x-amz-request-id': '000000000000000001', 'x-amz-id-2': 'local' },
              s3: {
                s3SchemaVersion: '1.0',
                configurationId: 'rule-0',
                bucket: {
                  name: 'teststack-store',
                  ownerIdentity: { principalId: 'LOCAL' },
                  arn: 'arn:aws:s3:::teststack-store',
                },
                object: {
                  key: 'cam-1/17+a%2Bb.jpg',
                  size: 1,
                  eTag: '9dd4e461268c8034f5c8564e155c67a6',
                  sequencer: '000000000000000001',
                },
              },
            },
          ],
        },
      },
    ]);
  });

  it('tells a function of deletes and of expiry', async () => {
    const to = 'arn:aws:lambda:us-east-2:000000000000:function:purge';
    const Bucket = await stack.bucket({
      ...lifecycle({ ExpirationInDays: 1 }),
      NotificationConfiguration: {
        LambdaConfigurations: [
          { Event: 's3:ObjectRemoved:*', Function: to },
          { Event: 's3:LifecycleExpiration:*', Function: to },
        ],
      },
    });
    await put(Bucket, 'a');
    await put(Bucket, 'b');
    await stack.client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    stack.clock.advance(48 * hourMs);
    stack.s3.sweep();
    await stack.s3.idle();
    expect(stack.delivered).toMatchObject([
      { to, payload: { Records: [{ eventName: 'ObjectRemoved:Delete', s3: { object: { key: 'a' } } }] } },
      {
        to,
        payload: { Records: [{ eventName: 'LifecycleExpiration:Delete', s3: { object: { key: 'b' } } }] },
      },
    ]);
  });

  it('that its target refuses fails no write, and is kept', async () => {
    const Bucket = await stack.bucket(toQueue);
    stack.refusingTargets.add(queue);
    await put(Bucket, 'a.jpg');
    await stack.s3.idle();
    expect(keys(Bucket)).toEqual(['object a.jpg']);
    expect(stack.s3.undelivered).toEqual([
      { atMs: stack.clock.now(), targetArn: queue, code: 'AccessDenied' },
    ]);
  });
});

describe('the template', () => {
  it('names a bucket in lower case and at most 63 characters, always alike', async () => {
    const long = 'AVeryLongLogicalIdOfABucketThatHoldsNothingButIsStillLongerThanAllowed';
    expect(await stack.bucket({}, 'Images')).toBe('teststack-images');
    const name = await stack.bucket({}, long);
    expect(name).toMatch(/^teststack-averylonglogicalidofabucketthatholdsnothin[a-z]*-[0-9a-f]{8}$/);
    expect(name).toHaveLength(63);
  });

  it('registers a bucket policy under the bucket', async () => {
    const Bucket = await stack.bucket();
    const PolicyDocument = { Version: '2012-10-17', Statement: [] };
    await stack.policy({ Bucket, PolicyDocument });
    expect(stack.policies.get('arn:aws:s3:::teststack-store')).toBe(PolicyDocument);
  });

  it.each([
    [{ ReplicationConfiguration: {} }, 'ReplicationConfiguration: the local s3 does not model this property'],
    [
      lifecycle({ Transitions: [] }),
      'LifecycleConfiguration.Rules.0.Transitions: the local s3 does not model this property',
    ],
    [{ AccessControl: 'PublicRead' }, 'AccessControl: '],
  ])('refuses what would silently do nothing: %j', async (properties, message) => {
    await expect(stack.bucket(properties)).rejects.toThrow(`AWS::S3::Bucket TestStack/Store: ${message}`);
  });
});
