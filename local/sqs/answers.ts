import { md5, md5OfAttributes } from './message-attributes';
import type { Message, ReceivedMessage } from './queue';

export function describeSent({ messageId, body, attributes }: Message) {
  const attributesMd5 = md5OfAttributes(attributes);
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5(body),
    ...(attributesMd5 === undefined ? {} : { MD5OfMessageAttributes: attributesMd5 }),
  };
}

export function describeReceived(
  message: ReceivedMessage,
  { systemNames, attributeNames }: { systemNames: readonly string[]; attributeNames: readonly string[] },
) {
  const system = Object.entries(systemAttributes(message)).filter(
    ([name]) => systemNames.includes('All') || systemNames.includes(name),
  );
  const attributes = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => isAskedFor(name, attributeNames)),
  );
  const attributesMd5 = md5OfAttributes(attributes);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(attributesMd5 === undefined
      ? {}
      : { MessageAttributes: attributes, MD5OfMessageAttributes: attributesMd5 }),
  };
}

/** What SQS itself knows of a message; event sources hand all of it to functions. */
export function systemAttributes(message: ReceivedMessage): Record<string, string> {
  return {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAtMs),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
    ...(message.deadLetteredFrom === undefined ? {} : { DeadLetterQueueSourceArn: message.deadLetteredFrom }),
  };
}

/** `All`, a name, or a prefix as in `plate.*`. */
function isAskedFor(name: string, asked: readonly string[]): boolean {
  return asked.some(
    (pattern) =>
      pattern === 'All' ||
      pattern === name ||
      (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
  );
}
