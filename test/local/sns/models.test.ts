import type { Listening } from '../../../local/aws/http';
import { Iam } from '../../../local/iam/iam';
import { snsModels } from '../../../local/sns/models';
import { Sns } from '../../../local/sns/sns';
import { sqsModels } from '../../../local/sqs/models';
import { Sqs } from '../../../local/sqs/sqs';
import { parseTemplate } from '../../../local/template/assembly';
import { deploy } from '../../../local/template/deployment';
import { accountId, fixedClock, region } from '../support';

const topicArn = 'arn:aws:sns:us-east-2:000000000000:Oversight-Alarms';
const secureOnly = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: ['sqs:*', 'sns:*'],
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

const resources = {
  Lost: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
  Alarmed: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Lost', 'Arn'] }, maxReceiveCount: 3 },
    },
  },
  AlarmedPolicy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: 'Alarmed' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          secureOnly,
          {
            Effect: 'Allow',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: { 'Fn::GetAtt': ['Alarmed', 'Arn'] },
            Condition: { ArnEquals: { 'aws:SourceArn': { Ref: 'Alarms' } } },
          },
        ],
      },
    },
  },
  Alarms: {
    Type: 'AWS::SNS::Topic',
    Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'on-call@example.org' }] },
  },
  AlarmsPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Alarms' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          secureOnly,
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: { Ref: 'Alarms' },
          },
        ],
      },
    },
  },
  ToAlarmed: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: { Ref: 'Alarms' },
      Protocol: 'sqs',
      Endpoint: { 'Fn::GetAtt': ['Alarmed', 'Arn'] },
      RawMessageDelivery: true,
    },
  },
};

let listening: Listening;
let sqs: Sqs;
let sns: Sns;

beforeEach(async () => {
  const clock = fixedClock();
  const iam = new Iam({ clock, region, accountId });
  const shared = { clock, region, accountId, iam, credentials: iam, authorize: iam.authorize };
  sqs = new Sqs(shared);
  sns = new Sns({
    ...shared,
    sendToQueue: (arn, body, sender) => sqs.send(arn, body, sender),
    invoke: async () => ({ kind: 'ok', payload: null }),
  });
  listening = await sqs.listen();
});

afterEach(() => listening.close());

function deployed(Resources: object, Outputs: object = {}) {
  const template = parseTemplate({ Resources, Outputs }, 'Oversight');
  const assembly = {
    stacks: [{ name: 'Oversight', region, template }],
    assetPath: () => {
      throw new Error('there are no assets');
    },
  };
  return deploy({ assembly, models: [...snsModels(sns), ...sqsModels(sqs)], accountId });
}

describe('the template', () => {
  it('makes topics and queues that deliver by the policies it gives them, and can refer to them', async () => {
    const { outputs } = await deployed(resources, {
      Topic: { Value: { Ref: 'Alarms' } },
      Queue: { Value: { Ref: 'Alarmed' } },
      Subscription: { Value: { Ref: 'ToAlarmed' } },
    });
    sns.publish(topicArn, { message: 'lag' }, { principal: 'cloudwatch.amazonaws.com' });
    await sns.idle();

    expect(outputs.Topic).toBe(topicArn);
    expect(outputs.Queue).toBe(`${listening.url}/000000000000/Oversight-Alarmed`);
    expect(sns.subscriptions(topicArn).map(({ arn }) => arn)).toContain(outputs.Subscription);
    expect(sqs.dump('Oversight-Alarmed').map(({ body }) => body)).toEqual(['lag']);
    expect(sns.sent.map(({ endpoint }) => endpoint)).toEqual(['on-call@example.org']);
    expect(sqs.queue('Oversight-Alarmed').settings).toMatchObject({
      visibilityTimeoutSeconds: 60,
      retentionSeconds: 345_600,
      redrive: {
        deadLetterQueueArn: 'arn:aws:sqs:us-east-2:000000000000:Oversight-Lost',
        maxReceiveCount: 3,
      },
    });
  });

  it('that forgets the policy of a queue loses what its topic sends there', async () => {
    const { AlarmedPolicy: _, ...forgetful } = resources;
    await deployed(forgetful);
    sns.publish(topicArn, { message: 'lag' }, { principal: 'cloudwatch.amazonaws.com' });
    await sns.idle();

    expect(sqs.dump('Oversight-Alarmed')).toEqual([]);
    expect(sns.failed).toHaveLength(1);
  });

  it('lets no service publish whom the policy of the topic does not name', async () => {
    await deployed(resources);

    expect(() => sns.publish(topicArn, { message: 'x' }, { principal: 's3.amazonaws.com' })).toThrow(
      'does not let s3.amazonaws.com publish',
    );
  });

  it('that asks for what is not modelled stops, naming it', async () => {
    const subscription = { ...resources.ToAlarmed.Properties, FilterPolicy: { level: ['high'] } };
    await expect(
      deployed({ ...resources, ToAlarmed: { Type: 'AWS::SNS::Subscription', Properties: subscription } }),
    ).rejects.toThrow(/ToAlarmed \(AWS::SNS::Subscription\)[\s\S]*FilterPolicy/);
    await expect(
      deployed({ Fifo: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } }),
    ).rejects.toThrow(/Fifo \(AWS::SQS::Queue\)[\s\S]*does not model FIFO queues/);
  });

  it('gives a queue of a very long id a name that SQS allows', async () => {
    const id = 'Q'.repeat(90);
    await deployed({ [id]: { Type: 'AWS::SQS::Queue' }, [`${id}2`]: { Type: 'AWS::SQS::Queue' } });

    const names = sqs.queues().map(({ settings }) => settings.name);
    expect(new Set(names).size).toBe(2);
    expect(names.map((name) => name.length)).toEqual([80, 80]);
  });
});
