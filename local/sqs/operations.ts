import { z } from 'zod';
import type { JsonOperation } from '../aws/json-protocol';
import { describeReceived, describeSent } from './answers';
import { batchOperations } from './batch-operations';
import { parseInput, seconds } from './input';
import { messageAttributesSchema } from './message-attributes';
import { moveMessages } from './move-messages';
import type { Queue, ReceivedMessage } from './queue';
import type { Sqs } from './sqs';

const byUrl = { QueueUrl: z.string().min(1) };
const queueInput = z.object(byUrl);
const sendInput = z.object({
  ...byUrl,
  MessageBody: z.string(),
  DelaySeconds: seconds(900).optional(),
  MessageAttributes: messageAttributesSchema.default({}),
});
const names = z.array(z.string()).default([]);
const receiveInput = z.object({
  ...byUrl,
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  VisibilityTimeout: seconds(43_200).optional(),
  WaitTimeSeconds: seconds(20).optional(),
  AttributeNames: names,
  MessageSystemAttributeNames: names,
  MessageAttributeNames: names,
});
const deleteInput = z.object({ ...byUrl, ReceiptHandle: z.string() });
const visibilityInput = z.object({
  ...byUrl,
  ReceiptHandle: z.string(),
  VisibilityTimeout: seconds(43_200),
});
const attributesInput = z.object({ ...byUrl, AttributeNames: names });
const urlInput = z.object({ QueueName: z.string() });
const listInput = z.object({ QueueNamePrefix: z.string().default('') });
const moveInput = z.object({ SourceArn: z.string(), DestinationArn: z.string().optional() });

export function sqsOperations(sqs: Sqs): Readonly<Record<string, JsonOperation>> {
  return {
    SendMessage: (input, caller) => {
      const given = parseInput(sendInput, input);
      return describeSent(
        sqs.sendAs(caller, given.QueueUrl, {
          body: given.MessageBody,
          attributes: given.MessageAttributes,
          delaySeconds: given.DelaySeconds,
        }),
      );
    },
    ReceiveMessage: async (input, caller) => {
      const given = parseInput(receiveInput, input);
      const look = () =>
        sqs.receiveAs(caller, given.QueueUrl, {
          max: given.MaxNumberOfMessages,
          visibilityTimeoutSeconds: given.VisibilityTimeout,
        });
      const first = look();
      const waitMs = 1000 * (given.WaitTimeSeconds ?? sqs.queue(given.QueueUrl).settings.waitSeconds);
      const received = first.length > 0 ? first : await longPoll(sqs, given.QueueUrl, { waitMs, look });
      return received.length === 0
        ? {}
        : {
            Messages: received.map((message) =>
              describeReceived(message, {
                systemNames: [...given.AttributeNames, ...given.MessageSystemAttributeNames],
                attributeNames: given.MessageAttributeNames,
              }),
            ),
          };
    },
    DeleteMessage: (input, caller) => {
      const { QueueUrl, ReceiptHandle } = parseInput(deleteInput, input);
      sqs.deleteAs(caller, QueueUrl, ReceiptHandle);
    },
    ChangeMessageVisibility: (input, caller) => {
      const given = parseInput(visibilityInput, input);
      sqs.changeVisibilityAs(caller, given.QueueUrl, {
        receiptHandle: given.ReceiptHandle,
        timeoutSeconds: given.VisibilityTimeout,
      });
    },
    GetQueueAttributes: (input, caller) => {
      const { QueueUrl, AttributeNames } = parseInput(attributesInput, input);
      const queue = sqs.authorized(caller, 'sqs:GetQueueAttributes', QueueUrl);
      const all = Object.entries(queueAttributes(sqs, queue));
      const isAsked = (name: string) => AttributeNames.includes('All') || AttributeNames.includes(name);
      return { Attributes: Object.fromEntries(all.filter(([name]) => isAsked(name))) };
    },
    GetQueueUrl: (input, caller) => {
      const { QueueName } = parseInput(urlInput, input);
      const queue = sqs.authorized(caller, 'sqs:GetQueueUrl', QueueName);
      return { QueueUrl: sqs.queueUrl(queue.settings.name) };
    },
    ListQueues: (input, caller) => {
      const { QueueNamePrefix } = parseInput(listInput, input);
      sqs.options.authorize({ caller, action: 'sqs:ListQueues', resource: '*' });
      const found = sqs
        .queues()
        .map(({ settings }) => settings.name)
        .filter((name) => name.startsWith(QueueNamePrefix));
      return { QueueUrls: found.map((name) => sqs.queueUrl(name)) };
    },
    PurgeQueue: (input, caller) => {
      sqs.authorized(caller, 'sqs:PurgeQueue', parseInput(queueInput, input).QueueUrl).purge();
    },
    /** The whole move happens within the call, so there is no task to list or to cancel afterwards. */
    StartMessageMoveTask: (input, caller) => {
      const { SourceArn, DestinationArn } = parseInput(moveInput, input);
      const moved = moveMessages(sqs, caller, {
        sourceArn: SourceArn,
        destinationArn: DestinationArn,
      });
      return { TaskHandle: Buffer.from(`${SourceArn}#${moved}`).toString('base64') };
    },
    ...batchOperations(sqs),
  };
}

/** Real time, as the client's: bounded by the 20 seconds of the protocol and by the server's end. */
async function longPoll(
  sqs: Sqs,
  queueUrl: string,
  { waitMs, look }: { waitMs: number; look: () => readonly ReceivedMessage[] },
): Promise<readonly ReceivedMessage[]> {
  const endsAtMs = performance.now() + waitMs;
  for (;;) {
    const leftMs = endsAtMs - performance.now();
    if (leftMs <= 0 || sqs.isClosed) return [];
    await sqs.nextChance(queueUrl, leftMs);
    const received = look();
    if (received.length > 0) return received;
  }
}

function queueAttributes(sqs: Sqs, { arn, settings, createdAtMs }: Queue): Record<string, string> {
  const { visible, inFlight, delayed } = sqs.counts(arn);
  const { redrive, keyId } = settings;
  return {
    QueueArn: arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(createdAtMs / 1000)),
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    DelaySeconds: String(settings.delaySeconds),
    ReceiveMessageWaitTimeSeconds: String(settings.waitSeconds),
    MaximumMessageSize: String(settings.messageBytesMax),
    SqsManagedSseEnabled: String(keyId === undefined),
    ...(keyId === undefined ? {} : { KmsMasterKeyId: keyId }),
    ...(redrive === undefined
      ? {}
      : {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: redrive.deadLetterQueueArn,
            maxReceiveCount: redrive.maxReceiveCount,
          }),
        }),
  };
}
