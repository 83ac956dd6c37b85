import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { AnnouncedBecause, Announcements } from '../../core/alerts/ports';
import { fromStore } from '../stores/store-error';

/** The function that delivers alerts, by an asynchronous invocation: its queue is durable once it answers. Ids only. */
export class InvokedAnnouncements implements Announcements {
  constructor(readonly options: { readonly lambda: LambdaClient; readonly deliverFunction: string }) {}

  async announce(alertId: string, because: AnnouncedBecause): Promise<void> {
    await fromStore('functions', () =>
      this.options.lambda.send(
        new InvokeCommand({
          FunctionName: this.options.deliverFunction,
          InvocationType: 'Event',
          Payload: Buffer.from(JSON.stringify({ alertIds: [alertId], because }), 'utf8'),
        }),
      ),
    );
  }
}
