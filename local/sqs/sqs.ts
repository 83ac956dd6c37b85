import type { Authorize, Caller, CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { type Listening, listen } from '../aws/http';
import { jsonProtocol } from '../aws/json-protocol';
import { partitionOf } from '../aws/partition';
import type { Clock } from '../clock';
import { CustomerKey } from '../kinesis/customer-key';
import { Arrivals } from './arrivals';
import { attributeBytes, type MessageAttributes } from './message-attributes';
import { sqsOperations } from './operations';
import { type Message, newMessageId, Queue, type QueueSettings, type ReceivedMessage } from './queue';

export interface SqsOptions {
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
  /** Real time between two looks of a long poll, for messages that only the clock makes visible. */
  readonly longPollStepMs?: number;
}

/** On whose behalf another service of the local system sends. */
export interface ServiceSender {
  /** `s3.amazonaws.com` */
  readonly principal: string;
  readonly sourceArn?: string;
}

export interface MessageToSend {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly delaySeconds?: number | undefined;
}

/**
 * SQS standard queues in memory: visibility, delay and retention on the virtual clock, dead-letter queues, queue
 * policies in IAM, encryption as a permission that senders and receivers need. FIFO queues are not modelled.
 */
export class Sqs {
  readonly #queues = new Map<string, Queue>();
  readonly #arrivals = new Arrivals();
  readonly #key: CustomerKey;
  #baseUrl: string | undefined;

  constructor(readonly options: SqsOptions) {
    this.#key = new CustomerKey({ ...options, service: 'sqs', refusalCode: 'KmsAccessDenied' });
  }

  /** Serves the JSON protocol. Open long polls end with `close`. */
  async listen(): Promise<Listening> {
    const { credentials, clock } = this.options;
    const listening = await listen(
      jsonProtocol({ service: 'sqs', version: '1.0', operations: sqsOperations(this), credentials, clock }),
    );
    this.#baseUrl = listening.url;
    return {
      url: listening.url,
      close: () => {
        this.#arrivals.end();
        return listening.close();
      },
    };
  }

  createQueue(settings: QueueSettings): Queue {
    if (this.#queues.has(settings.name)) {
      throw new AwsError('QueueNameExists', `A queue named ${settings.name} already exists.`);
    }
    const queue = new Queue(this.queueArn(settings.name), settings, this.options.clock.now());
    this.#queues.set(settings.name, queue);
    return queue;
  }

  queueArn(name: string): string {
    return `arn:${partitionOf(this.options.region)}:sqs:${this.options.region}:${this.options.accountId}:${name}`;
  }

  /**
   * SDK clients send a request to where its queue URL points, before any endpoint from their environment: the URL must
   * be this server's. Throws before `listen`.
   */
  queueUrl(name: string): string {
    if (this.#baseUrl === undefined) throw new Error('a queue has a URL only once the local sqs listens');
    return `${this.#baseUrl}/${this.options.accountId}/${name}`;
  }

  queues(): readonly Queue[] {
    return [...this.#queues.values()];
  }

  /** By name, ARN or URL (any host). Throws `QueueDoesNotExist`. */
  queue(reference: string): Queue {
    const queue = this.#queues.get(nameIn(reference));
    if (queue === undefined) {
      throw new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${reference}`);
    }
    return queue;
  }

  setPolicy(queueArn: string, document: unknown): void {
    this.options.iam.setResourcePolicy(this.queue(queueArn).arn, document);
  }

  /**
   * A delivery of another service, which the queue's policy must allow, and the policy of its key as well if it has
   * one. Throws `AccessDenied` or `KmsAccessDenied`.
   */
  send(queueArn: string, body: string, sender: ServiceSender): string {
    const queue = this.queue(queueArn);
    const { principal, sourceArn } = sender;
    if (!this.options.iam.allowsService(queue.arn, principal, 'sqs:SendMessage', sourceArn)) {
      throw new AwsError('AccessDenied', `the policy of ${queue.arn} does not let ${principal} send`, 403);
    }
    const keyArn = this.#key.arn(queue.settings.keyId);
    for (const action of keyArn === undefined ? [] : ['kms:GenerateDataKey', 'kms:Decrypt']) {
      if (this.options.iam.allowsService(keyArn ?? '', principal, action, sourceArn)) continue;
      throw new AwsError('KmsAccessDenied', `the policy of ${keyArn} does not grant ${principal} ${action}`);
    }
    return this.#enqueue(queue, { body }, principal).messageId;
  }

  sendAs(caller: Caller, queueReference: string, message: MessageToSend): Message {
    const queue = this.authorized(caller, 'sqs:SendMessage', queueReference);
    this.#requireKey(caller, ['kms:GenerateDataKey', 'kms:Decrypt'], queue);
    return this.#enqueue(queue, message, caller.accessKeyId);
  }

  receiveAs(
    caller: Caller,
    queueReference: string,
    options: { readonly max: number; readonly visibilityTimeoutSeconds?: number | undefined },
  ): readonly ReceivedMessage[] {
    const queue = this.authorized(caller, 'sqs:ReceiveMessage', queueReference);
    this.#requireKey(caller, ['kms:Decrypt'], queue);
    return queue.receive({
      nowMs: this.options.clock.now(),
      max: options.max,
      visibilityTimeoutMs:
        1000 * (options.visibilityTimeoutSeconds ?? queue.settings.visibilityTimeoutSeconds),
      deadLetter: (message) => this.#deadLetter(queue, message),
    });
  }

  deleteAs(caller: Caller, queueReference: string, receiptHandle: string): void {
    this.authorized(caller, 'sqs:DeleteMessage', queueReference).delete(receiptHandle);
  }

  changeVisibilityAs(
    caller: Caller,
    queueReference: string,
    change: { readonly receiptHandle: string; readonly timeoutSeconds: number },
  ): void {
    const queue = this.authorized(caller, 'sqs:ChangeMessageVisibility', queueReference);
    const nowMs = this.options.clock.now();
    queue.changeVisibility(change.receiptHandle, { nowMs, timeoutMs: change.timeoutSeconds * 1000 });
    this.#arrivals.tell(queue.settings.name);
  }

  /** What nobody holds in `from` goes to where `destination` says for each message. Returns how many messages. */
  move(from: Queue, destination: (message: Message) => Queue): number {
    const nowMs = this.options.clock.now();
    const moved = from.takeVisible(nowMs).map((message) => ({ message, to: destination(message) }));
    for (const { message, to } of moved) {
      to.add({ ...message, deadLetteredFrom: undefined }, nowMs);
      this.#arrivals.tell(to.settings.name);
    }
    return moved.length;
  }

  /** Calls `listener` when a message arrives or comes back into sight by a call. Returns how to stop. */
  onMessage(queueReference: string, listener: () => void): () => void {
    return this.#arrivals.on(this.queue(queueReference).settings.name, listener);
  }

  /** Resolves at a message, at `close`, or after a step of real time, so that a long poll sees a clock that moved. */
  nextChance(queueReference: string, timeoutMs: number): Promise<void> {
    const stepMs = Math.min(timeoutMs, this.options.longPollStepMs ?? 50);
    return this.#arrivals.next(this.queue(queueReference).settings.name, stepMs);
  }

  /** After `close`, long polls end. */
  get isClosed(): boolean {
    return this.#arrivals.isEnded;
  }

  counts(queueReference: string): ReturnType<Queue['counts']> {
    const queue = this.queue(queueReference);
    queue.expire(this.options.clock.now());
    return queue.counts(this.options.clock.now());
  }

  /** When the clock alone brings a message of this queue into sight; `undefined` when none waits. */
  nextVisibleAtMs(queueReference: string): number | undefined {
    return this.queue(queueReference).nextVisibleAtMs(this.options.clock.now());
  }

  /** Every message that the queue still holds. */
  dump(queueReference: string): readonly Message[] {
    const queue = this.queue(queueReference);
    queue.expire(this.options.clock.now());
    return queue.messages();
  }

  /** The queue, once the caller may do `action` to it: a stranger does not learn whether it exists. */
  authorized(caller: Caller, action: string, queueReference: string): Queue {
    const resource = this.queueArn(nameIn(queueReference));
    this.options.authorize({ caller, action, resource, context: { 'aws:SecureTransport': 'true' } });
    return this.queue(queueReference);
  }

  #enqueue(queue: Queue, message: MessageToSend, senderId: string): Message {
    const attributes = message.attributes ?? {};
    if (message.body === '') throw new AwsError('MissingParameter', 'The request must contain MessageBody.');
    if (Buffer.byteLength(message.body) + attributeBytes(attributes) > queue.settings.messageBytesMax) {
      throw new AwsError(
        'InvalidParameterValue',
        `Message must be shorter than ${queue.settings.messageBytesMax} bytes.`,
      );
    }
    const sentAtMs = this.options.clock.now();
    const sent: Message = { messageId: newMessageId(), body: message.body, attributes, senderId, sentAtMs };
    queue.add(sent, sentAtMs + 1000 * (message.delaySeconds ?? queue.settings.delaySeconds));
    this.#arrivals.tell(queue.settings.name);
    return sent;
  }

  /** The message keeps its id and the time it was first sent, so that its retention goes on counting from then. */
  #deadLetter(from: Queue, message: Message): void {
    const to = this.queue(from.settings.redrive?.deadLetterQueueArn ?? '');
    to.add({ ...message, deadLetteredFrom: from.arn }, this.options.clock.now());
    this.#arrivals.tell(to.settings.name);
  }

  #requireKey(
    caller: Caller,
    actions: readonly ('kms:GenerateDataKey' | 'kms:Decrypt')[],
    queue: Queue,
  ): void {
    this.#key.require(caller, actions, queue.settings.keyId, { 'aws:sqs:arn': queue.arn });
  }
}

/** The last part of a queue's ARN or URL. */
const nameIn = (reference: string) =>
  reference.slice(Math.max(reference.lastIndexOf(':'), reference.lastIndexOf('/')) + 1);
