import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { AuditNotices } from '../../core/month-audit/ports';
import { fromStore } from '../stores/store-error';

type Notice = Parameters<AuditNotices['publish']>[0];

/** The topic to which the Chief, the administrator and the auditor subscribe; its messages say that, and not about whom. */
export class AuditTopic implements AuditNotices {
  constructor(readonly options: { readonly sns: SNSClient; readonly topicArn: string }) {}

  async publish({ kind, month, findings }: Notice): Promise<void> {
    const { sns, topicArn } = this.options;
    await fromStore('notices', () =>
      sns.send(
        new PublishCommand({ TopicArn: topicArn, Message: JSON.stringify({ kind, month, findings }) }),
      ),
    );
  }
}
