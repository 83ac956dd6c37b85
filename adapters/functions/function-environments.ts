import {
  GetFunctionConfigurationCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { fromStore, StoreError } from '../stores/store-error';

/** When the last of the keys was destroyed that the environments can no longer hold, ms. */
const mark = 'KEYS_DESTROYED_AT_MS';

/**
 * The execution environments of functions. A changed variable makes Lambda start new environments for the next
 * invocations, so what old ones hold in memory is never used again and goes with them.
 */
export class FunctionEnvironments {
  constructor(readonly lambda: LambdaClient) {}

  /**
   * Recycles a function's environments, unless that was done since the given destruction of keys. All other variables stay: the update carries what was
   * read and names the revision that was read, so a deployment in between makes it fail instead of being undone.
   */
  async recycle(functionName: string, destroyedAtMs: number): Promise<'recycled' | 'already'> {
    const found = await fromStore('functions', () =>
      this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName })),
    );
    const variables = found.Environment?.Variables ?? {};
    if (found.Environment?.Error !== undefined || found.RevisionId === undefined)
      throw new StoreError('malformed', 'functions');
    if (Number(variables[mark] ?? 0) >= destroyedAtMs) return 'already';

    await fromStore('functions', () =>
      this.lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: functionName,
          RevisionId: found.RevisionId,
          Environment: { Variables: { ...variables, [mark]: String(destroyedAtMs) } },
        }),
      ),
    );
    return 'recycled';
  }
}
