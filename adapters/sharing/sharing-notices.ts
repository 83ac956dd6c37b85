import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { SharingNotice } from '../../core/sharing/agreement';
import { fromStore } from '../stores/store-error';

/** The topic to which the administrator is subscribed. Leaves the system, so it names no person. */
export class TopicSharingNotices {
  constructor(readonly options: { readonly sns: SNSClient; readonly topicArn: string }) {}

  /** Resolves when the topic has it. */
  async publish({ atMs, ...notice }: SharingNotice): Promise<void> {
    const Message = JSON.stringify({ kind: 'sharing-changed', ...notice, at: new Date(atMs).toISOString() });
    const { sns, topicArn: TopicArn } = this.options;
    await fromStore('notices', () => sns.send(new PublishCommand({ TopicArn, Message })));
  }
}
