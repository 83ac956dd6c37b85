import type { Listening } from '../../../local/aws/http';
import { sdkDeliveries } from '../../../local/lambda/deliveries';
import { listenLambdaApi } from '../../../local/lambda/rest-api';
import { bucketSettings } from '../../../local/s3/bucket-properties';
import { S3 } from '../../../local/s3/s3';
import { defaultQueueSettings } from '../../../local/sqs/queue';
import { Sqs } from '../../../local/sqs/sqs';
import { accountId, region, testCredentials } from '../support';
import { roleArn, testRuntime } from './support';

/** The real services over HTTP, so that what is delivered is what they store. */
async function testDeliveries() {
  const parts = testRuntime();
  const { clock, iam, runtime } = parts;
  const common = { clock, region, accountId, authorize: iam.authorize, credentials: testCredentials.source };
  const sqs = new Sqs({ ...common, iam: { setResourcePolicy: () => undefined, allowsService: () => true } });
  const s3 = new S3({
    ...common,
    setResourcePolicy: () => undefined,
    useKey: () => {
      throw new Error('nothing here is encrypted with a key');
    },
    deliver: { toQueue: () => undefined, toFunction: async () => undefined },
  });
  sqs.createQueue({ ...defaultQueueSettings, name: 'dead' });
  await s3.createBucket(bucketSettings('failures', {}));
  const open: Listening[] = [
    await sqs.listen(),
    await s3.listen(),
    await listenLambdaApi({ ...common, runtime }),
  ];
  const [queues, buckets, functions] = open;
  const issued: (string | undefined)[][] = [];
  const deliver = sdkDeliveries({
    region,
    issueCredentials: (...args) => {
      issued.push(args);
      return testCredentials.keys;
    },
    environment: () => ({
      AWS_ENDPOINT_URL_SQS: queues?.url ?? '',
      AWS_ENDPOINT_URL_S3: buckets?.url ?? '',
      AWS_ENDPOINT_URL_LAMBDA: functions?.url ?? '',
    }),
  });
  const stop = async () => {
    runtime.stop();
    for (const { close } of open) await close();
  };
  return { ...parts, sqs, s3, deliver, issued, stop };
}

let parts: Awaited<ReturnType<typeof testDeliveries>>;
beforeEach(async () => {
  parts = await testDeliveries();
});
afterEach(() => parts.stop());

it('a queue gets the body and the attributes, as the role', async () => {
  const { deliver, sqs, issued } = parts;
  await deliver({
    targetArn: 'arn:aws:sqs:us-east-2:000000000000:dead',
    roleArn,
    body: '{"a":1}',
    objectKey: '',
    attributes: { ErrorCode: '200' },
  });
  expect(sqs.dump('dead')).toMatchObject([
    { body: '{"a":1}', attributes: { ErrorCode: { DataType: 'String', StringValue: '200' } } },
  ]);
  expect(issued).toEqual([[roleArn, 'delivery', 'lambda.amazonaws.com', undefined]]);
});

it('a bucket gets an object under the key', async () => {
  const { deliver, s3 } = parts;
  await deliver({
    targetArn: 'arn:aws:s3:::failures',
    roleArn,
    body: '{"a":1}',
    objectKey: 'aws/lambda/x/y',
  });
  expect(s3.dump('failures').map(({ key, body }) => [key, body.toString()])).toEqual([
    ['aws/lambda/x/y', '{"a":1}'],
  ]);
});

it('a function is invoked asynchronously', async () => {
  const { deliver, define, runtime } = parts;
  const results: unknown[] = [];
  runtime.onInvoke((event) => void (event.phase === 'end' && results.push(event.result)));
  const targetArn = define('target', 'exports.handler = async (event) => event;');
  await deliver({ targetArn, roleArn, body: '{"a":1}', objectKey: '' });
  await runtime.idle();
  expect(results).toEqual([{ kind: 'ok', payload: { a: 1 } }]);
});

it('what the role may not do is refused by the destination itself', async () => {
  const { deliver, iam } = parts;
  iam.refuse('s3:PutObject');
  iam.refuse('sqs:SendMessage');
  const delivery = { roleArn, body: '{}', objectKey: 'k' };
  await expect(deliver({ ...delivery, targetArn: 'arn:aws:s3:::failures' })).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(
    deliver({ ...delivery, targetArn: 'arn:aws:sqs:us-east-2:000000000000:dead' }),
  ).rejects.toMatchObject({ message: expect.stringContaining('sqs:SendMessage') });
});

it('a destination that is no queue, topic, bucket or function is refused', async () => {
  const targetArn = 'arn:aws:events:us-east-2:000000000000:event-bus/default';
  await expect(parts.deliver({ targetArn, roleArn, body: '', objectKey: '' })).rejects.toThrow(
    `the local system does not deliver to ${targetArn}`,
  );
});
