import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notices } from '../../core/alerts/ports';
import { fromStore } from '../stores/store-error';

type Notice = Parameters<Notices['publish']>[0];

/**
 * The topic to which e-mail, text messages and push are subscribed. Leaves the system, so it names no vehicle or place. Whom an
 * entry names stands in the attribute `told`, so that a subscription's filter hands on only what is addressed to one
 * person.
 */
export class TopicNotices implements Notices {
  constructor(readonly options: { readonly sns: SNSClient; readonly topicArn: string }) {}

  async publish({ kind, alertId, priority, network, told }: Notice): Promise<void> {
    await fromStore('notices', () =>
      this.options.sns.send(
        new PublishCommand({
          TopicArn: this.options.topicArn,
          Message: JSON.stringify({ kind, alertId, priority, network }),
          ...(told.length === 0 ? {} : { MessageAttributes: { told: listed(told) } }),
        }),
      ),
    );
  }
}

function listed(usernames: readonly string[]) {
  return { DataType: 'String.Array', StringValue: JSON.stringify(usernames) };
}
