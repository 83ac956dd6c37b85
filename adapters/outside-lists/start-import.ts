import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { fromStore } from '../stores/store-error';

/** Has a confirmed delivery imported by an asynchronous call, whose queue is durable once it answers. */
export function startImport(options: { readonly lambda: LambdaClient; readonly functionName: string }) {
  return async ({ list, upload }: { readonly list: string; readonly upload: string }): Promise<void> => {
    await fromStore('functions', () =>
      options.lambda.send(
        new InvokeCommand({
          FunctionName: options.functionName,
          InvocationType: 'Event',
          Payload: Buffer.from(JSON.stringify({ kind: 'confirmed', list, upload }), 'utf8'),
        }),
      ),
    );
  };
}
