import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notices } from '../../core/alerts/ports';
import { fromStore } from '../stores/store-error';

type Notice = Parameters<Notices['publish']>[0];

/** The topic to which e-mail, text messages and push are subscribed. Leaves the system, so it names no vehicle or place. */
export class TopicNotices implements Notices {
  constructor(readonly options: { readonly sns: SNSClient; readonly topicArn: string }) {}

  async publish({ kind, alertId, priority, network }: Notice): Promise<void> {
    await fromStore('notices', () =>
      this.options.sns.send(
        new PublishCommand({
          TopicArn: this.options.topicArn,
          Message: JSON.stringify({ kind, alertId, priority, network }),
        }),
      ),
    );
  }
}
