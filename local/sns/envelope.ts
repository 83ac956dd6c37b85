import type { Notification, Subscription } from './topic';

/** The envelope in which queues (without raw delivery) and functions get a notification. Its signature is not modelled. */
export function envelope(notification: Notification): Record<string, unknown> {
  const { attributes, subject } = notification;
  return {
    Type: 'Notification',
    MessageId: notification.messageId,
    TopicArn: notification.topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: notification.message,
    Timestamp: new Date(notification.publishedAtMs).toISOString(),
    ...(Object.keys(attributes).length === 0
      ? {}
      : {
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, { type, value }]) => [name, { Type: type, Value: value }]),
          ),
        }),
  };
}

/** The event that a subscribed function gets: one record, with a subject and attributes even where there are none. */
export function lambdaEvent(notification: Notification, subscription: Subscription): object {
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: { Subject: null, MessageAttributes: {}, ...envelope(notification) },
      },
    ],
  };
}
