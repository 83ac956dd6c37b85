import {
  BatchEntryIdsNotDistinct,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  KmsAccessDenied,
  ListQueuesCommand,
  MessageNotInflight,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { Listening } from '../../../local/aws/http';
import { defaultQueueSettings } from '../../../local/sqs/queue';
import { Sqs } from '../../../local/sqs/sqs';
import {
  accountId,
  clientConfig,
  fixedClock,
  recordingAuthorizer,
  region,
  testCredentials,
} from '../support';

const startMs = Date.now();
const dayMs = 24 * 3_600_000;
const framesArn = 'arn:aws:sqs:us-east-2:000000000000:frames';
const keyArn = 'arn:aws:kms:us-east-2:000000000000:key/0001';
const bucketArn = 'arn:aws:s3:::raw-frames';

let clock = fixedClock(startMs);
let authorizer = recordingAuthorizer();
let policies = new Map<string, unknown>();
/** `principal action resource` that resource policies allow. */
let allowed = new Set<string>();
let sqs: Sqs;
let server: Listening;
let client: SQSClient;
let QueueUrl: string;

beforeEach(async () => {
  clock = fixedClock(startMs);
  authorizer = recordingAuthorizer();
  policies = new Map();
  allowed = new Set();
  sqs = new Sqs({
    clock,
    authorize: authorizer.authorize,
    credentials: testCredentials.source,
    region,
    accountId,
    iam: {
      setResourcePolicy: (arn, document) => void policies.set(arn, document),
      allowsService: (arn, principal, action) => allowed.has(`${principal} ${action} ${arn}`),
    },
    longPollStepMs: 5,
  });
  server = await sqs.listen();
  sqs.createQueue({ ...defaultQueueSettings, name: 'failed-frames' });
  sqs.createQueue({
    ...defaultQueueSettings,
    name: 'frames',
    redrive: {
      deadLetterQueueArn: 'arn:aws:sqs:us-east-2:000000000000:failed-frames',
      maxReceiveCount: 2,
    },
  });
  client = new SQSClient(clientConfig(server.url));
  QueueUrl = sqs.queueUrl('frames');
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

const send = (MessageBody: string, more = {}) =>
  client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));

async function receive(more: Partial<ReceiveMessageCommandInput> = {}) {
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more });
  return (await client.send(command)).Messages ?? [];
}

const bodies = (messages: readonly { Body?: string | undefined }[]) => messages.map(({ Body }) => Body);

describe('messages', () => {
  it('arrive with the digests that the client checks, and with what was asked for of their attributes', async () => {
    const sent = await send('one', {
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'frame' },
        'camera.id': { DataType: 'Binary', BinaryValue: Buffer.from('c-1') },
      },
    });

    const [message] = await receive({
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['camera.*'],
    });

    expect(sent.MD5OfMessageBody).toBe('f97c5d29941bfb1b2fdab0874906ab82');
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'one',
      Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(startMs) },
    });
    expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(['camera.id']);
  });

  it('get the digest that AWS gives for string, number and binary attributes', async () => {
    const string = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });
    const sent = await send('derp', {
      MessageAttributes: {
        id: string('453ae55e-f03b-21a6-a4b1-70c2e2e8fe71'),
        mybin: { DataType: 'Binary', BinaryValue: Buffer.from('kekchebukek') },
        timestamp: string('1603134247654', 'Number.java.lang.Long'),
        contentType: string('application/json'),
      },
    });

    expect(sent.MD5OfMessageAttributes).toBe('049075255ebc53fb95f7f9f3cedf3c50');
  });

  it('stay out of sight for the visibility timeout on the virtual clock, and come back after it', async () => {
    await send('one');
    expect(bodies(await receive())).toEqual(['one']);
    clock.advance(29_999);
    expect(await receive()).toEqual([]);
    clock.advance(1);

    expect(bodies(await receive())).toEqual(['one']);
  });

  it('are gone once deleted, and a handle of an earlier receive deletes nothing', async () => {
    await send('one');
    const [early] = await receive();
    clock.advance(30_000);
    const [late] = await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: early?.ReceiptHandle }));
    expect(sqs.dump('frames')).toHaveLength(1);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: late?.ReceiptHandle }));

    expect(sqs.dump('frames')).toEqual([]);
    await expect(client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'never' }))).rejects.toThrow(
      ReceiptHandleIsInvalid,
    );
  });

  it('can be kept longer or given back at once while they are held, and not after', async () => {
    await send('one');
    const [held] = await receive();
    const change = (VisibilityTimeout: number) =>
      client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl,
          ReceiptHandle: held?.ReceiptHandle,
          VisibilityTimeout,
        }),
      );
    await change(60);
    clock.advance(59_999);
    expect(await receive()).toEqual([]);
    await change(0);

    await expect(change(10)).rejects.toThrow(MessageNotInflight);
    expect(bodies(await receive())).toEqual(['one']);
  });

  it('wait for their delay', async () => {
    await send('later', { DelaySeconds: 10 });
    expect(await receive()).toEqual([]);
    expect(sqs.counts('frames')).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    expect(sqs.nextVisibleAtMs('frames')).toBe(startMs + 10_000);
    clock.advance(10_000);

    expect(bodies(await receive())).toEqual(['later']);
  });

  it('are dropped after the retention period on the virtual clock', async () => {
    await send('old');
    clock.advance(4 * dayMs);
    expect(sqs.dump('frames')).toHaveLength(1);
    clock.advance(1);

    expect(sqs.dump('frames')).toEqual([]);
  });

  it('beyond the largest size, and empty ones, are refused', async () => {
    await expect(send('x'.repeat(1024 * 1024 + 1))).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(send('')).rejects.toMatchObject({ name: 'MissingParameter' });
  });

  it('can be sent and deleted in batches whose entries fail by themselves', async () => {
    const sent = await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', MessageBody: 'one' },
          { Id: 'b', MessageBody: 'two' },
        ],
      }),
    );
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'b']);
    const [one] = await receive();

    const deleted = await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', ReceiptHandle: one?.ReceiptHandle },
          { Id: 'b', ReceiptHandle: 'never' },
        ],
      }),
    );
    expect(deleted.Successful?.map(({ Id }) => Id)).toEqual(['a']);
    expect(deleted.Failed).toMatchObject([{ Id: 'b', Code: 'ReceiptHandleIsInvalid', SenderFault: true }]);
    expect(sqs.dump('frames').map(({ body }) => body)).toEqual(['two']);
  });

  it('are not sent in a batch that names an entry twice', async () => {
    const entry = { Id: 'a', MessageBody: 'one' };

    await expect(
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [entry, entry] })),
    ).rejects.toThrow(BatchEntryIdsNotDistinct);
    expect(sqs.dump('frames')).toEqual([]);
  });
});

describe('a long poll', () => {
  it('answers as soon as a message arrives', async () => {
    const polling = receive({ WaitTimeSeconds: 20 });
    await new Promise((resolve) => setImmediate(resolve));
    await send('late');

    expect(bodies(await polling)).toEqual(['late']);
  });

  it('sees a message that the virtual clock brings back into sight', async () => {
    await send('one');
    await receive();
    const polling = receive({ WaitTimeSeconds: 20 });
    clock.advance(30_000);

    expect(bodies(await polling)).toEqual(['one']);
  });

  it('answers with nothing at its end', async () => {
    expect(await receive({ WaitTimeSeconds: 1 })).toEqual([]);
  });
});

describe('the dead-letter queue', () => {
  it('gets a message that was received too often, with its id and its origin', async () => {
    const { MessageId } = await send('poison');
    for (const _ of [1, 2]) {
      expect(await receive()).toHaveLength(1);
      clock.advance(30_000);
    }

    expect(await receive()).toEqual([]);
    const dead = await receive({
      QueueUrl: sqs.queueUrl('failed-frames'),
      MessageSystemAttributeNames: ['All'],
    });
    expect(dead).toMatchObject([
      {
        MessageId,
        Body: 'poison',
        Attributes: { DeadLetterQueueSourceArn: framesArn, SentTimestamp: String(startMs) },
      },
    ]);
  });

  it('gives its messages back to where they came from when told to', async () => {
    await send('poison');
    await receive({ VisibilityTimeout: 0 });
    await receive({ VisibilityTimeout: 0 });
    await receive();
    expect(sqs.counts('failed-frames').visible).toBe(1);
    await client.send(
      new StartMessageMoveTaskCommand({ SourceArn: 'arn:aws:sqs:us-east-2:000000000000:failed-frames' }),
    );

    expect(sqs.counts('failed-frames').visible).toBe(0);
    expect(bodies(await receive())).toEqual(['poison']);
  });
});

describe('queues', () => {
  it('are found by name and described with their counts and their redrive policy', async () => {
    await send('one');
    await send('two');
    await receive({ MaxNumberOfMessages: 1 });

    const url = await client.send(new GetQueueUrlCommand({ QueueName: 'frames' }));
    const list = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'fra' }));
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );

    expect(url.QueueUrl).toBe(QueueUrl);
    expect(list.QueueUrls).toEqual([QueueUrl]);
    expect(Attributes).toMatchObject({
      QueueArn: framesArn,
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      RedrivePolicy:
        '{"deadLetterTargetArn":"arn:aws:sqs:us-east-2:000000000000:failed-frames","maxReceiveCount":2}',
    });
  });

  it('can be emptied', async () => {
    await send('one');
    await client.send(new PurgeQueueCommand({ QueueUrl }));

    expect(sqs.dump('frames')).toEqual([]);
  });

  it('that do not exist are said not to, and operations that are not modelled are named', async () => {
    await expect(
      client.send(new SendMessageCommand({ QueueUrl: `${server.url}/${accountId}/none`, MessageBody: 'x' })),
    ).rejects.toThrow(QueueDoesNotExist);
    await expect(client.send(new CreateQueueCommand({ QueueName: 'made' }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'the local sqs does not model CreateQueue',
    });
  });
});

describe('permission', () => {
  it('is asked for each call by its action and the queue', async () => {
    await send('one');
    const [one] = await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: one?.ReceiptHandle }));

    expect(authorizer.calls.map(({ action, resource }) => [action, resource])).toEqual([
      ['sqs:SendMessage', framesArn],
      ['sqs:ReceiveMessage', framesArn],
      ['sqs:DeleteMessage', framesArn],
    ]);
  });

  it('refused reaches the client, for single messages and for a whole batch, and nothing is kept', async () => {
    authorizer.refuse('sqs:SendMessage');
    const batch = new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'one' }] });

    await expect(send('one')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(client.send(batch)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(sqs.dump('frames')).toEqual([]);
  });

  it('on the customer key is needed to send to and to receive from an encrypted queue', async () => {
    sqs.createQueue({ ...defaultQueueSettings, name: 'sealed', keyId: keyArn });
    QueueUrl = sqs.queueUrl('sealed');
    await send('one');
    const asked = authorizer.calls.filter(({ action }) => action.startsWith('kms:'));

    expect(asked.map(({ action, resource }) => [action, resource])).toEqual([
      ['kms:GenerateDataKey', keyArn],
      ['kms:Decrypt', keyArn],
    ]);
    expect(asked[0]?.context).toMatchObject({ 'kms:ViaService': 'sqs.us-east-2.amazonaws.com' });
    authorizer.refuse('kms:Decrypt');
    await expect(receive()).rejects.toThrow(KmsAccessDenied);
    await expect(send('two')).rejects.toThrow(KmsAccessDenied);
  });
});

describe('a delivery of another service', () => {
  const fromS3 = { principal: 's3.amazonaws.com', sourceArn: bucketArn };

  it('needs the policy of the queue', async () => {
    expect(() => sqs.send(framesArn, 'frame', fromS3)).toThrow('does not let s3.amazonaws.com send');
    allowed.add(`s3.amazonaws.com sqs:SendMessage ${framesArn}`);
    sqs.send(framesArn, 'frame', fromS3);

    expect(bodies(await receive())).toEqual(['frame']);
  });

  it('needs the policy of the key of an encrypted queue as well', () => {
    const { arn } = sqs.createQueue({ ...defaultQueueSettings, name: 'sealed', keyId: keyArn });
    allowed.add(`s3.amazonaws.com sqs:SendMessage ${arn}`).add(`s3.amazonaws.com kms:Decrypt ${keyArn}`);

    expect(() => sqs.send(arn, 'frame', fromS3)).toThrow(
      'does not grant s3.amazonaws.com kms:GenerateDataKey',
    );
    allowed.add(`s3.amazonaws.com kms:GenerateDataKey ${keyArn}`);
    expect(sqs.send(arn, 'frame', fromS3)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('wakes a listener in the process, until it stops listening', () => {
    allowed.add(`s3.amazonaws.com sqs:SendMessage ${framesArn}`);
    let heard = 0;
    const stopListening = sqs.onMessage(framesArn, () => {
      heard += 1;
    });
    sqs.send(framesArn, 'one', fromS3);
    stopListening();
    sqs.send(framesArn, 'two', fromS3);

    expect(heard).toBe(1);
  });
});
