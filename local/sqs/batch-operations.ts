import { z } from 'zod';
import { AwsError } from '../aws/errors';
import type { JsonOperation } from '../aws/json-protocol';
import { describeSent } from './answers';
import { parseInput, seconds } from './input';
import { attributeBytes, messageAttributesSchema } from './message-attributes';
import type { Sqs } from './sqs';

const batchMax = 10;
const batchBytesMax = 1024 * 1024;

const entryId = z.string().regex(/^[\w-]{1,80}$/);
const sendEntry = z.object({
  Id: entryId,
  MessageBody: z.string(),
  DelaySeconds: seconds(900).optional(),
  MessageAttributes: messageAttributesSchema.default({}),
});
const handleEntry = z.object({ Id: entryId, ReceiptHandle: z.string() });
const visibilityEntry = handleEntry.extend({ VisibilityTimeout: seconds(43_200) });
const batchOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({ QueueUrl: z.string().min(1), Entries: z.array(entry) });

/** Permission is the call's; everything else each entry's own. */
export function batchOperations(sqs: Sqs): Readonly<Record<string, JsonOperation>> {
  return {
    SendMessageBatch: (input, caller) => {
      const { QueueUrl, Entries } = parseInput(batchOf(sendEntry), input);
      sqs.authorized(caller, 'sqs:SendMessage', QueueUrl);
      const bytes = Entries.map(
        ({ MessageBody, MessageAttributes }) =>
          Buffer.byteLength(MessageBody) + attributeBytes(MessageAttributes),
      );
      if (bytes.reduce((sum, size) => sum + size, 0) > batchBytesMax) {
        throw new AwsError('BatchRequestTooLong', `The batch is longer than ${batchBytesMax} bytes.`);
      }
      return answerEach(Entries, ({ MessageBody, MessageAttributes, DelaySeconds }) =>
        describeSent(
          sqs.sendAs(caller, QueueUrl, {
            body: MessageBody,
            attributes: MessageAttributes,
            delaySeconds: DelaySeconds,
          }),
        ),
      );
    },
    DeleteMessageBatch: (input, caller) => {
      const { QueueUrl, Entries } = parseInput(batchOf(handleEntry), input);
      sqs.authorized(caller, 'sqs:DeleteMessage', QueueUrl);
      return answerEach(Entries, ({ ReceiptHandle }) => {
        sqs.deleteAs(caller, QueueUrl, ReceiptHandle);
        return {};
      });
    },
    ChangeMessageVisibilityBatch: (input, caller) => {
      const { QueueUrl, Entries } = parseInput(batchOf(visibilityEntry), input);
      sqs.authorized(caller, 'sqs:ChangeMessageVisibility', QueueUrl);
      return answerEach(Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
        sqs.changeVisibilityAs(caller, QueueUrl, {
          receiptHandle: ReceiptHandle,
          timeoutSeconds: VisibilityTimeout,
        });
        return {};
      });
    },
  };
}

function answerEach<Entry extends { Id: string }>(entries: readonly Entry[], act: (entry: Entry) => object) {
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'The batch has no entries.');
  if (entries.length > batchMax) {
    throw new AwsError('TooManyEntriesInBatchRequest', `The batch has more than ${batchMax} entries.`);
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two entries of the batch have the same id.');
  }
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}
