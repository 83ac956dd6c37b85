import { z } from 'zod';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import { understand } from '../template/understood';
import type { Sns } from './sns';
import { protocols } from './topic';

const protocol = z.enum(protocols, { error: 'the local sns delivers to sqs, lambda and email' });

const topicSchema = z.strictObject({
  TopicName: z.string().optional(),
  DisplayName: z.string().default(''),
  KmsMasterKeyId: z.string().optional(),
  Subscription: z.array(z.strictObject({ Endpoint: z.string(), Protocol: protocol })).default([]),
  FifoTopic: z.literal(false, { error: 'the local sns does not model FIFO topics' }).optional(),
});

/** Nothing here selects by tag, traces, verifies a signature, or reads a delivery log. */
const topicIgnored = ['Tags', 'TracingConfig', 'SignatureVersion', 'DeliveryStatusLogging'];

const policySchema = z.strictObject({ Topics: z.array(z.string()), PolicyDocument: z.looseObject({}) });

const subscriptionSchema = z.strictObject({
  TopicArn: z.string(),
  Protocol: protocol,
  Endpoint: z.string(),
  RawMessageDelivery: z.union([z.boolean(), z.stringbool()]).default(false),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string() }).optional(),
  /** Where the topic is: templates name it for topics of other regions. */
  Region: z.string().optional(),
});

export function snsModels(sns: Sns): ResourceModel[] {
  const topicArn = (identity: ResourceIdentity) => sns.topicArn(topicName(identity));
  return [
    {
      type: 'AWS::SNS::Topic',
      ref: topicArn,
      attributes: { TopicArn: topicArn, TopicName: topicName },
      provision: (resource) => provisionTopic(sns, resource),
    },
    {
      type: 'AWS::SNS::TopicPolicy',
      ref: ({ defaultName }) => defaultName,
      attributes: { Id: ({ defaultName }) => defaultName },
      provision: (resource) => {
        const { Topics, PolicyDocument } = understand(resource, policySchema, []);
        for (const arn of Topics) sns.setPolicy(arn, PolicyDocument);
      },
    },
    {
      type: 'AWS::SNS::Subscription',
      ref: (identity) => subscriptionArn(sns, identity),
      attributes: { Arn: (identity) => subscriptionArn(sns, identity) },
      provision: (resource) => {
        const given = understand(resource, subscriptionSchema, []);
        sns.subscribe({
          topicArn: given.TopicArn,
          protocol: given.Protocol,
          endpoint: given.Endpoint,
          isRaw: given.RawMessageDelivery,
          deadLetterQueueArn: given.RedrivePolicy?.deadLetterTargetArn,
        });
      },
    },
  ];
}

function provisionTopic(sns: Sns, resource: Resource): void {
  const given = understand(resource, topicSchema, topicIgnored);
  const { arn } = sns.createTopic({
    name: topicName(resource),
    displayName: given.DisplayName,
    ...(given.KmsMasterKeyId === undefined ? {} : { keyId: given.KmsMasterKeyId }),
  });
  for (const { Endpoint, Protocol } of given.Subscription) {
    sns.subscribe({ topicArn: arn, protocol: Protocol, endpoint: Endpoint, isRaw: false });
  }
}

function topicName(identity: ResourceIdentity): string {
  return z.string().default(identity.defaultName).parse(identity.property('TopicName'));
}

function subscriptionArn(sns: Sns, identity: ResourceIdentity): string {
  return sns.subscriptionArn({
    topicArn: z.string().parse(identity.property('TopicArn')),
    protocol: protocol.parse(identity.property('Protocol')),
    endpoint: z.string().parse(identity.property('Endpoint')),
  });
}
