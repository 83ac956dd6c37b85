import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { SharingNotices } from '../../core/sharing/agreement';
import { fromStore } from '../stores/store-error';

type Notice = Parameters<SharingNotices['publish']>[0];

/** The topic to which the administrator is subscribed. Leaves the system, so it names no person. */
export class TopicSharingNotices implements SharingNotices {
  constructor(readonly options: { readonly sns: SNSClient; readonly topicArn: string }) {}

  async publish({ change, agencyId, agreementId }: Notice): Promise<void> {
    const Message = JSON.stringify({ kind: 'sharing-changed', change, agencyId, agreementId });
    const { sns, topicArn: TopicArn } = this.options;
    await fromStore('notices', () => sns.send(new PublishCommand({ TopicArn, Message })));
  }
}
