import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import { understand } from '../template/understood';
import { defaultQueueSettings } from './queue';
import type { Sqs } from './sqs';

/**
 * Nothing selects by tag; each call asks the key anew; SQS's own key asks nothing of callers; and the template is the
 * only one to say which queue is whose dead-letter queue.
 */
const queueIgnored = ['Tags', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled', 'RedriveAllowPolicy'];

const queueSchema = z.strictObject({
  QueueName: z.string().optional(),
  VisibilityTimeout: z.coerce.number().int().default(defaultQueueSettings.visibilityTimeoutSeconds),
  MessageRetentionPeriod: z.coerce.number().int().default(defaultQueueSettings.retentionSeconds),
  DelaySeconds: z.coerce.number().int().default(defaultQueueSettings.delaySeconds),
  ReceiveMessageWaitTimeSeconds: z.coerce.number().int().default(defaultQueueSettings.waitSeconds),
  MaximumMessageSize: z.coerce.number().int().default(defaultQueueSettings.messageBytesMax),
  RedrivePolicy: z
    .object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int().min(1) })
    .optional(),
  KmsMasterKeyId: z.string().optional(),
  FifoQueue: z.literal(false, { error: 'the local sqs does not model FIFO queues' }).optional(),
});

const policySchema = z.strictObject({ Queues: z.array(z.string()), PolicyDocument: z.looseObject({}) });

export function sqsModels(sqs: Sqs): ResourceModel[] {
  return [
    {
      type: 'AWS::SQS::Queue',
      ref: (identity) => sqs.queueUrl(queueName(identity)),
      attributes: {
        Arn: (identity) => sqs.queueArn(queueName(identity)),
        QueueName: queueName,
        QueueUrl: (identity) => sqs.queueUrl(queueName(identity)),
      },
      provision: (resource) => provisionQueue(sqs, resource),
    },
    {
      type: 'AWS::SQS::QueuePolicy',
      ref: ({ defaultName }) => defaultName,
      attributes: { Id: ({ defaultName }) => defaultName },
      provision: (resource) => {
        const { Queues, PolicyDocument } = understand(resource, policySchema, []);
        for (const url of Queues) sqs.setPolicy(url, PolicyDocument);
      },
    },
  ];
}

function provisionQueue(sqs: Sqs, resource: Resource): void {
  const given = understand(resource, queueSchema, queueIgnored);
  sqs.createQueue({
    name: queueName(resource),
    visibilityTimeoutSeconds: given.VisibilityTimeout,
    retentionSeconds: given.MessageRetentionPeriod,
    delaySeconds: given.DelaySeconds,
    waitSeconds: given.ReceiveMessageWaitTimeSeconds,
    messageBytesMax: given.MaximumMessageSize,
    ...(given.KmsMasterKeyId === undefined ? {} : { keyId: given.KmsMasterKeyId }),
    ...(given.RedrivePolicy === undefined
      ? {}
      : {
          redrive: {
            deadLetterQueueArn: given.RedrivePolicy.deadLetterTargetArn,
            maxReceiveCount: given.RedrivePolicy.maxReceiveCount,
          },
        }),
  });
}

const nameMax = 80;

/** A name made up for a queue that has none is cut to what SQS allows and stays different from its neighbours'. */
function queueName(identity: ResourceIdentity): string {
  const given = z.string().optional().parse(identity.property('QueueName'));
  if (given !== undefined) return given;
  if (identity.defaultName.length <= nameMax) return identity.defaultName;
  const digest = createHash('sha256').update(identity.defaultName).digest('hex').slice(0, 12);
  return `${identity.defaultName.slice(0, nameMax - digest.length - 1)}-${digest}`;
}
