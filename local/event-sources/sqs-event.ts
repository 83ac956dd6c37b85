import { createHash } from 'node:crypto';
import type { ReceivedMessage } from '../sqs/queue';

/** The event of a batch. Source: "Using Lambda with Amazon SQS". */
export function sqsEvent(
  messages: readonly ReceivedMessage[],
  { queueArn, region }: { queueArn: string; region: string },
): { Records: object[] } {
  return {
    Records: messages.map((message) => ({
      messageId: message.messageId,
      receiptHandle: message.receiptHandle,
      body: message.body,
      attributes: {
        ApproximateReceiveCount: String(message.receiveCount),
        SentTimestamp: String(message.sentAtMs),
        SenderId: message.senderId,
        ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
        ...(message.deadLetteredFrom === undefined
          ? {}
          : { DeadLetterQueueSourceArn: message.deadLetteredFrom }),
      },
      messageAttributes: Object.fromEntries(
        Object.entries(message.attributes).map(([name, attribute]) => [name, attributeOf(attribute)]),
      ),
      md5OfBody: createHash('md5').update(message.body).digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    })),
  };
}

function attributeOf(attribute: ReceivedMessage['attributes'][string]) {
  const { DataType, StringValue, BinaryValue } = attribute;
  return {
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}

/** What a filter pattern is held against: the body as JSON where it is JSON, and the message's own fields. */
export function sqsFilterView(message: ReceivedMessage): object {
  try {
    return { ...message, body: JSON.parse(message.body) };
  } catch {
    return message;
  }
}
