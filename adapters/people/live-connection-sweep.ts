import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { LiveConnectionSweep } from '../../core/people/ports';
import { fromStore } from '../stores/store-error';

/** Calls the function that delivers alerts, without any alert: it then only closes whom the policy refuses now. */
export class InvokedSweep implements LiveConnectionSweep {
  constructor(readonly options: { readonly lambda: LambdaClient; readonly deliverFunction: string }) {}

  /** Resolves when the call is in Lambda's queue, which is durable. */
  async sweep(): Promise<void> {
    await fromStore('functions', () =>
      this.options.lambda.send(
        new InvokeCommand({
          FunctionName: this.options.deliverFunction,
          InvocationType: 'Event',
          Payload: Buffer.from(JSON.stringify({ alertIds: [] }), 'utf8'),
        }),
      ),
    );
  }
}
