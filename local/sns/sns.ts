import { createHash, randomUUID } from 'node:crypto';
import type { Authorize, Caller, CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { type Listening, listen } from '../aws/http';
import { partitionOf } from '../aws/partition';
import type { Clock } from '../clock';
import { CustomerKey } from '../kinesis/customer-key';
import type { InvokeFunction } from '../lambda/invoke';
import { envelope, lambdaEvent } from './envelope';
import { snsOperations } from './operations';
import { queryProtocol } from './query-protocol';
import type { Notification, NotificationAttribute, Subscription, Topic, TopicSettings } from './topic';

export interface SnsOptions {
  readonly clock: Clock;
  readonly authorize: Authorize;
  readonly credentials: CredentialSource;
  readonly region: string;
  readonly accountId: string;
  readonly iam: {
    setResourcePolicy(arn: string, document: unknown): void;
    /** Whether the resource policy of `arn` lets a service act for `sourceArn`. */
    allowsService(arn: string, principal: string, action: string, sourceArn?: string): boolean;
  };
  /** Delivers to a queue as this service; throws when the queue's policy refuses. */
  readonly sendToQueue: (
    queueArn: string,
    body: string,
    sender: { readonly principal: string; readonly sourceArn: string },
  ) => unknown;
  readonly invoke: InvokeFunction;
}

export interface SentEmail {
  readonly topicArn: string;
  readonly endpoint: string;
  readonly subject: string | undefined;
  readonly message: string;
}

/** A notification that an endpoint did not take. */
export interface FailedDelivery {
  readonly subscriptionArn: string;
  readonly messageId: string;
  readonly reason: string;
}

export interface MessageToPublish {
  readonly subject?: string | undefined;
  readonly message: string;
  readonly attributes?: Readonly<Record<string, NotificationAttribute>>;
}

const principal = 'sns.amazonaws.com';
const messageBytesMax = 256 * 1024;
const keptMax = 10_000;

/**
 * SNS standard topics in memory. Queues and functions get their notifications; e-mail ends in `sent`, its subscriptions
 * being confirmed at once. A delivery is tried once: what fails is in `failed`, and in the dead-letter queue if there
 * is one. Filter policies and FIFO topics are not modelled.
 */
export class Sns {
  /** The latest 10,000 e-mails. */
  readonly sent: SentEmail[] = [];
  /** The latest 10,000 failures. */
  readonly failed: FailedDelivery[] = [];
  readonly #topics = new Map<string, Topic>();
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #underway = new Set<Promise<void>>();
  readonly #key: CustomerKey;

  constructor(readonly options: SnsOptions) {
    this.#key = new CustomerKey({ ...options, service: 'sns', refusalCode: 'KMSAccessDenied' });
  }

  listen(): Promise<Listening> {
    const { credentials, clock } = this.options;
    return listen(queryProtocol({ operations: snsOperations(this), credentials, clock }));
  }

  createTopic(settings: TopicSettings): Topic {
    const topic: Topic = { arn: this.topicArn(settings.name), settings };
    if (this.#topics.has(topic.arn)) {
      throw new AwsError('InvalidParameter', `Topic ${settings.name} already exists`);
    }
    this.#topics.set(topic.arn, topic);
    return topic;
  }

  topicArn(name: string): string {
    return `arn:${partitionOf(this.options.region)}:sns:${this.options.region}:${this.options.accountId}:${name}`;
  }

  topics(): readonly Topic[] {
    return [...this.#topics.values()];
  }

  /** Throws `NotFound`. */
  topic(arn: string): Topic {
    const topic = this.#topics.get(arn);
    if (topic === undefined) throw new AwsError('NotFound', 'Topic does not exist', 404);
    return topic;
  }

  setPolicy(topicArn: string, document: unknown): void {
    this.options.iam.setResourcePolicy(this.topic(topicArn).arn, document);
  }

  /** Subscribing the same endpoint again changes nothing but its settings. */
  subscribe(subscription: Omit<Subscription, 'arn'>): Subscription {
    this.topic(subscription.topicArn);
    const made: Subscription = { ...subscription, arn: this.subscriptionArn(subscription) };
    this.#subscriptions.set(made.arn, made);
    return made;
  }

  /** Known from what is subscribed alone, so that a template can refer to it before it is made. */
  subscriptionArn({ topicArn, protocol, endpoint }: Omit<Subscription, 'arn' | 'isRaw'>): string {
    const digest = createHash('sha256').update(`${topicArn}\n${protocol}\n${endpoint}`).digest('hex');
    const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(digest) ?? [];
    return `${topicArn}:${parts.slice(1).join('-')}`;
  }

  subscriptions(topicArn?: string): readonly Subscription[] {
    const all = [...this.#subscriptions.values()];
    return topicArn === undefined ? all : all.filter((subscription) => subscription.topicArn === topicArn);
  }

  unsubscribe(arn: string): void {
    this.#subscriptions.delete(arn);
  }

  publishAs(caller: Caller, topicArn: string, message: MessageToPublish): string {
    this.authorize(caller, 'sns:Publish', topicArn);
    const topic = this.topic(topicArn);
    const context = { 'aws:sns:topicArn': topicArn };
    this.#key.require(caller, ['kms:GenerateDataKey', 'kms:Decrypt'], topic.settings.keyId, context);
    return this.#deliver(topic, message);
  }

  /** A message of another service, which the topic's policy must allow, and its key's policy if it has one. */
  publish(
    topicArn: string,
    message: MessageToPublish,
    sender: { readonly principal: string; readonly sourceArn?: string },
  ): string {
    const topic = this.topic(topicArn);
    const allows = (arn: string, action: string) =>
      this.options.iam.allowsService(arn, sender.principal, action, sender.sourceArn);
    if (!allows(topicArn, 'sns:Publish')) {
      throw new AwsError(
        'AuthorizationError',
        `the policy of ${topicArn} does not let ${sender.principal} publish`,
        403,
      );
    }
    const keyArn = this.#key.arn(topic.settings.keyId);
    if (keyArn !== undefined && !(allows(keyArn, 'kms:GenerateDataKey') && allows(keyArn, 'kms:Decrypt'))) {
      throw new AwsError(
        'KMSAccessDenied',
        `the policy of ${keyArn} does not let ${sender.principal} use it`,
      );
    }
    return this.#deliver(topic, message);
  }

  /** Resolves when no delivery is under way. */
  async idle(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway);
  }

  authorize(caller: Caller, action: string, resource: string): void {
    this.options.authorize({ caller, action, resource, context: { 'aws:SecureTransport': 'true' } });
  }

  #deliver(topic: Topic, { subject, message, attributes = {} }: MessageToPublish): string {
    if (message === '') throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message');
    if (Buffer.byteLength(message) > messageBytesMax) {
      throw new AwsError('InvalidParameter', 'Invalid parameter: Message too long');
    }
    const notification: Notification = {
      messageId: randomUUID(),
      topicArn: topic.arn,
      subject,
      message,
      attributes,
      publishedAtMs: this.options.clock.now(),
    };
    for (const subscription of this.subscriptions(topic.arn)) {
      const delivery = this.#attempt(notification, subscription).finally(() =>
        this.#underway.delete(delivery),
      );
      this.#underway.add(delivery);
    }
    return notification.messageId;
  }

  /** Never rejects: a publisher does not learn what becomes of a message. */
  async #attempt(notification: Notification, subscription: Subscription): Promise<void> {
    try {
      await this.#handOver(notification, subscription);
    } catch (error) {
      this.#giveUp(notification, subscription, error instanceof Error ? error.message : String(error));
    }
  }

  async #handOver(notification: Notification, subscription: Subscription): Promise<void> {
    const { topicArn, subject, message } = notification;
    const { endpoint } = subscription;
    switch (subscription.protocol) {
      case 'sqs':
        this.options.sendToQueue(endpoint, this.#queueBody(notification, subscription), {
          principal,
          sourceArn: topicArn,
        });
        return;
      case 'lambda':
        await this.options.invoke({
          functionArn: endpoint,
          payload: lambdaEvent(notification, subscription),
          principal,
          sourceArn: topicArn,
        });
        return;
      case 'email':
      case 'email-json':
        append(this.sent, { topicArn, endpoint, subject, message });
        return;
      default:
        subscription.protocol satisfies never;
    }
  }

  #giveUp(notification: Notification, subscription: Subscription, reason: string): void {
    const { messageId, topicArn } = notification;
    append(this.failed, { subscriptionArn: subscription.arn, messageId, reason });
    if (subscription.deadLetterQueueArn === undefined) return;
    try {
      const body = this.#queueBody(notification, subscription);
      this.options.sendToQueue(subscription.deadLetterQueueArn, body, { principal, sourceArn: topicArn });
    } catch (error) {
      append(this.failed, { subscriptionArn: subscription.arn, messageId, reason: String(error) });
    }
  }

  #queueBody(notification: Notification, { isRaw }: Subscription): string {
    return isRaw ? notification.message : JSON.stringify(envelope(notification));
  }
}

function append<Item>(list: Item[], item: Item): void {
  list.push(item);
  if (list.length > keptMax) list.shift();
}
