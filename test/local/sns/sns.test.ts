import {
  AuthorizationErrorException,
  CreateTopicCommand,
  KMSAccessDeniedException,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  NotFoundException,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { AwsError } from '../../../local/aws/errors';
import type { Listening } from '../../../local/aws/http';
import type { Invocation } from '../../../local/lambda/invoke';
import { Sns } from '../../../local/sns/sns';
import {
  accountId,
  clientConfig,
  fixedClock,
  recordingAuthorizer,
  region,
  testCredentials,
} from '../support';

const startMs = Date.now();
const TopicArn = 'arn:aws:sns:us-east-2:000000000000:alarms';
const queueArn = 'arn:aws:sqs:us-east-2:000000000000:alarms';
const deadQueueArn = 'arn:aws:sqs:us-east-2:000000000000:lost-alarms';
const functionArn = 'arn:aws:lambda:us-east-2:000000000000:function:page';
const keyArn = 'arn:aws:kms:us-east-2:000000000000:key/0001';
const fromTopic = { principal: 'sns.amazonaws.com', sourceArn: TopicArn };

let authorizer = recordingAuthorizer();
let allowed = new Set<string>();
let queued: { queueArn: string; body: string; sender: object }[] = [];
let invoked: Invocation[] = [];
let refusedQueue: string | undefined;
let sns: Sns;
let server: Listening;
let client: SNSClient;

beforeEach(async () => {
  authorizer = recordingAuthorizer();
  [allowed, queued, invoked, refusedQueue] = [new Set(), [], [], undefined];
  sns = new Sns({
    clock: fixedClock(startMs),
    authorize: authorizer.authorize,
    credentials: testCredentials.source,
    region,
    accountId,
    iam: {
      setResourcePolicy: () => {},
      allowsService: (arn, principal, action) => allowed.has(`${principal} ${action} ${arn}`),
    },
    sendToQueue: (arn, body, sender) => {
      if (arn === refusedQueue) throw new AwsError('AccessDenied', 'the policy of the queue refuses', 403);
      queued.push({ queueArn: arn, body, sender });
    },
    invoke: async (invocation) => {
      invoked.push(invocation);
      return { kind: 'ok', payload: null };
    },
  });
  sns.createTopic({ name: 'alarms', displayName: '' });
  server = await sns.listen();
  client = new SNSClient(clientConfig(server.url));
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

const subscribe = (Protocol: string, Endpoint: string, Attributes: Record<string, string> = {}) =>
  client.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes }));

const publish = (Message: string, more = {}) =>
  client.send(new PublishCommand({ TopicArn, Message, ...more }));

describe('a published message', () => {
  it('reaches a queue in an envelope that names the topic, as the SNS service', async () => {
    await subscribe('sqs', queueArn);
    const { MessageId } = await publish('lag <5> & "more"', {
      Subject: 'Alarm',
      MessageAttributes: { level: { DataType: 'String', StringValue: 'high' } },
    });
    await sns.idle();

    expect(queued).toHaveLength(1);
    expect(queued[0]).toMatchObject({ queueArn, sender: fromTopic });
    expect(JSON.parse(queued[0]?.body ?? '')).toEqual({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'Alarm',
      Message: 'lag <5> & "more"',
      Timestamp: new Date(startMs).toISOString(),
      MessageAttributes: { level: { Type: 'String', Value: 'high' } },
    });
  });

  it('reaches a queue as it is where raw delivery is set', async () => {
    await subscribe('sqs', queueArn, { RawMessageDelivery: 'true' });
    await publish('raw');
    await sns.idle();

    expect(queued.map(({ body }) => body)).toEqual(['raw']);
  });

  it('invokes a function with one record, as the SNS service', async () => {
    const { SubscriptionArn } = await subscribe('lambda', functionArn);
    await publish('page');
    await sns.idle();

    expect(invoked).toMatchObject([
      {
        functionArn,
        ...fromTopic,
        payload: {
          Records: [
            {
              EventSource: 'aws:sns',
              EventVersion: '1.0',
              EventSubscriptionArn: SubscriptionArn,
              Sns: { Message: 'page', Subject: null, TopicArn, MessageAttributes: {} },
            },
          ],
        },
      },
    ]);
  });

  it('for an address ends among the e-mails that were sent', async () => {
    await subscribe('email', 'on-call@example.org');
    await publish('lag', { Subject: 'Alarm' });
    await sns.idle();

    expect(sns.sent).toEqual([
      { topicArn: TopicArn, endpoint: 'on-call@example.org', subject: 'Alarm', message: 'lag' },
    ]);
  });

  it('that a queue refuses is a failed delivery, goes to the dead-letter queue, and the publisher learns nothing', async () => {
    refusedQueue = queueArn;
    await subscribe('sqs', queueArn, { RedrivePolicy: `{"deadLetterTargetArn":"${deadQueueArn}"}` });
    const { MessageId } = await publish('lag');
    await sns.idle();

    expect(sns.failed).toMatchObject([{ messageId: MessageId, reason: 'the policy of the queue refuses' }]);
    expect(queued.map((message) => message.queueArn)).toEqual([deadQueueArn]);
  });

  it('that is empty, too long, or for no topic is refused', async () => {
    await expect(publish('')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(publish('x'.repeat(256 * 1024 + 1))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(publish('lag', { TopicArn: `${TopicArn}-none` })).rejects.toThrow(NotFoundException);
  });
});

describe('subscriptions', () => {
  it('are listed by topic and altogether until they are ended', async () => {
    const { SubscriptionArn } = await subscribe('email', 'a&amp;b@example.org');
    await subscribe('email', 'a&amp;b@example.org');
    const listed = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(listed.Subscriptions).toEqual([
      {
        SubscriptionArn,
        TopicArn,
        Owner: '000000000000',
        Protocol: 'email',
        Endpoint: 'a&amp;b@example.org',
      },
    ]);
    await client.send(new UnsubscribeCommand({ SubscriptionArn }));

    expect((await client.send(new ListSubscriptionsCommand({}))).Subscriptions ?? []).toEqual([]);
    expect((await client.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn }]);
  });

  it('with what is not modelled are refused by name', async () => {
    await expect(subscribe('https', 'https://example.org')).rejects.toThrow('does not model protocol https');
    await expect(subscribe('sqs', queueArn, { FilterPolicy: '{}' })).rejects.toThrow(
      'does not model the subscription attribute FilterPolicy',
    );
  });
});

describe('permission', () => {
  it('is asked for each call by its action and the topic', async () => {
    await subscribe('sqs', queueArn);
    await publish('lag');

    expect(authorizer.calls.map(({ action, resource }) => [action, resource])).toEqual([
      ['sns:Subscribe', TopicArn],
      ['sns:Publish', TopicArn],
    ]);
  });

  it('refused reaches the client, and nothing is delivered', async () => {
    await subscribe('email', 'on-call@example.org');
    authorizer.refuse('sns:Publish');

    await expect(publish('lag')).rejects.toThrow(AuthorizationErrorException);
    expect(sns.sent).toEqual([]);
  });

  it('on the customer key is needed to publish to an encrypted topic', async () => {
    const { arn } = sns.createTopic({ name: 'sealed', displayName: '', keyId: keyArn });
    await publish('lag', { TopicArn: arn });
    expect(authorizer.calls.filter(({ action }) => action.startsWith('kms:'))).toMatchObject([
      { action: 'kms:GenerateDataKey', resource: keyArn },
      { action: 'kms:Decrypt', context: { 'kms:ViaService': 'sns.us-east-2.amazonaws.com' } },
    ]);
    authorizer.refuse('kms:GenerateDataKey');

    await expect(publish('lag', { TopicArn: arn })).rejects.toThrow(KMSAccessDeniedException);
  });

  it('of another service comes from the policies of the topic and of its key', () => {
    const { arn } = sns.createTopic({ name: 'sealed', displayName: '', keyId: keyArn });
    const alarm = { principal: 'cloudwatch.amazonaws.com' };
    const publishSealed = () => sns.publish(arn, { message: 'lag' }, alarm);

    expect(publishSealed).toThrow('does not let cloudwatch.amazonaws.com publish');
    allowed.add(`cloudwatch.amazonaws.com sns:Publish ${arn}`);
    expect(publishSealed).toThrow('does not let cloudwatch.amazonaws.com use it');
    allowed.add(`cloudwatch.amazonaws.com kms:GenerateDataKey ${keyArn}`);
    allowed.add(`cloudwatch.amazonaws.com kms:Decrypt ${keyArn}`);
    expect(publishSealed()).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not matter to an operation that is not modelled: it says so', async () => {
    await expect(client.send(new CreateTopicCommand({ Name: 'made' }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'the local sns does not model CreateTopic',
    });
  });
});
