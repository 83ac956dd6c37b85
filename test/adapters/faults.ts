import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** How a call goes wrong: before it reached the store, or after the store did it and the answer was lost. */
export type Fault = 'not-done' | 'done-but-lost';

export class InjectedFault extends Error {
  constructor(readonly fault: Fault) {
    super(`injected: ${fault}`);
    this.name = 'InjectedFault';
  }
}

/** Makes calls of a client go wrong: `choose` says for each command (`PutItemCommand`, …) whether and how. */
export function injectFaults(
  client: DynamoDBClient,
  choose: (command: string) => Fault | undefined,
): DynamoDBClient {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const fault = choose(String(context.commandName));
      if (fault === 'not-done') throw new InjectedFault(fault);
      const result = await next(args);
      if (fault !== undefined) throw new InjectedFault(fault);
      return result;
    },
    { step: 'initialize', name: 'injectFaults' },
  );
  return client;
}

/** Calls `before` ahead of each command of that name: for what another process does in between. */
export function beforeCommand(
  client: DynamoDBClient,
  command: string,
  before: () => Promise<void>,
): DynamoDBClient {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === command) await before();
      return next(args);
    },
    { step: 'initialize', name: `before${command}` },
  );
  return client;
}
