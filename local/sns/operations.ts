import { AwsError } from '../aws/errors';
import type { QueryOperation } from './query-protocol';
import type { Sns } from './sns';
import { type NotificationAttribute, type Protocol, protocols, type Subscription } from './topic';

export function snsOperations(sns: Sns): Readonly<Record<string, QueryOperation>> {
  return {
    Publish: (input, caller) => {
      const messageId = sns.publishAs(caller, topicArn(input), {
        message: input.get('Message') ?? '',
        subject: input.get('Subject') ?? undefined,
        attributes: messageAttributes(input),
      });
      return { MessageId: messageId };
    },
    Subscribe: (input, caller) => {
      sns.authorize(caller, 'sns:Subscribe', topicArn(input));
      const attributes = entries(input, 'Attributes', { name: 'key', value: 'value' });
      const subscription = sns.subscribe({
        topicArn: topicArn(input),
        protocol: protocol(input.get('Protocol') ?? ''),
        endpoint: required(input, 'Endpoint'),
        ...subscriptionSettings(attributes),
      });
      return { SubscriptionArn: subscription.arn };
    },
    Unsubscribe: (input, caller) => {
      const arn = required(input, 'SubscriptionArn');
      sns.authorize(caller, 'sns:Unsubscribe', arn.slice(0, arn.lastIndexOf(':')));
      sns.unsubscribe(arn);
      return undefined;
    },
    ListSubscriptions: (_input, caller) => {
      sns.authorize(caller, 'sns:ListSubscriptions', '*');
      return { Subscriptions: sns.subscriptions().map((found) => describe(sns, found)) };
    },
    ListSubscriptionsByTopic: (input, caller) => {
      sns.authorize(caller, 'sns:ListSubscriptionsByTopic', topicArn(input));
      const { arn } = sns.topic(topicArn(input));
      return { Subscriptions: sns.subscriptions(arn).map((found) => describe(sns, found)) };
    },
    ListTopics: (_input, caller) => {
      sns.authorize(caller, 'sns:ListTopics', '*');
      return { Topics: sns.topics().map(({ arn }) => ({ TopicArn: arn })) };
    },
  };
}

/** Throws on a setting that would change what is delivered and is not modelled. */
export function subscriptionSettings(
  attributes: ReadonlyMap<string, string>,
): Pick<Subscription, 'isRaw' | 'deadLetterQueueArn'> {
  for (const name of attributes.keys()) {
    if (name === 'RawMessageDelivery' || name === 'RedrivePolicy') continue;
    throw new AwsError('InvalidParameter', `the local sns does not model the subscription attribute ${name}`);
  }
  return {
    isRaw: attributes.get('RawMessageDelivery') === 'true',
    deadLetterQueueArn: deadLetterQueueArn(attributes.get('RedrivePolicy')),
  };
}

/** Throws `InvalidParameter`. */
export function protocol(text: string): Protocol {
  const known = protocols.find((name) => name === text);
  if (known === undefined)
    throw new AwsError('InvalidParameter', `the local sns does not model protocol ${text}`);
  return known;
}

function deadLetterQueueArn(redrivePolicy: string | undefined): string | undefined {
  if (redrivePolicy === undefined) return undefined;
  const match = /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(redrivePolicy);
  if (match?.[1] === undefined) throw new AwsError('InvalidParameter', 'RedrivePolicy names no queue');
  return match[1];
}

function messageAttributes(input: URLSearchParams): Record<string, NotificationAttribute> {
  const part = (name: string) =>
    entries(input, 'MessageAttributes', { name: 'Name', value: `Value.${name}` });
  const types = part('DataType');
  const values = new Map([...part('StringValue'), ...part('BinaryValue')]);
  return Object.fromEntries(
    [...types].map(([name, type]) => [name, { type, value: values.get(name) ?? '' }]),
  );
}

/** A map as the Query protocol writes it: `Attributes.entry.1.key`, `Attributes.entry.1.value`, and so on. */
function entries(
  input: URLSearchParams,
  member: string,
  parts: { readonly name: string; readonly value: string },
): Map<string, string> {
  const found = new Map<string, string>();
  for (let position = 1; ; position += 1) {
    const prefix = `${member}.entry.${position}`;
    const name = input.get(`${prefix}.${parts.name}`);
    if (name === null) return found;
    const value = input.get(`${prefix}.${parts.value}`);
    if (value !== null) found.set(name, value);
  }
}

function describe(sns: Sns, { arn, topicArn, protocol, endpoint }: Subscription) {
  return {
    SubscriptionArn: arn,
    Owner: sns.options.accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}

const topicArn = (input: URLSearchParams) => required(input, 'TopicArn');

function required(input: URLSearchParams, name: string): string {
  const value = input.get(name);
  if (value === null || value === '') throw new AwsError('InvalidParameter', `Invalid parameter: ${name}`);
  return value;
}
