export interface TopicSettings {
  readonly name: string;
  readonly displayName: string;
  /** ARN, id or alias of the key that encrypts the topic; absent: not encrypted. */
  readonly keyId?: string;
}

export interface Topic {
  readonly arn: string;
  readonly settings: TopicSettings;
}

export const protocols = ['sqs', 'lambda', 'email', 'email-json'] as const;
export type Protocol = (typeof protocols)[number];

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  /** Queue ARN, function ARN or address. */
  readonly endpoint: string;
  /** The message as it was published, without the envelope that says who and when (queues only). */
  readonly isRaw: boolean;
  /** Queue that gets what the endpoint did not take. */
  readonly deadLetterQueueArn?: string | undefined;
}

export interface Notification {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject?: string | undefined;
  readonly message: string;
  readonly attributes: Readonly<Record<string, NotificationAttribute>>;
  readonly publishedAtMs: number;
}

export interface NotificationAttribute {
  readonly type: string;
  readonly value: string;
}
