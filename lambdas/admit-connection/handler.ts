import { parseSocketEvent, type SocketEvent } from '../../adapters/connections/socket-event';
import { type AdmitConnectionDeps, admitConnection } from '../../core/alerts/admit-connection';
import type { Connections } from '../../core/alerts/ports';
import type { Counters } from '../counters';

export interface AdmitConnectionHandlerDeps extends AdmitConnectionDeps {
  readonly connections: Pick<Connections, 'add' | 'remove'>;
  readonly counters: Counters;
}

/** An authorizer's answer; principal and context are handed on with every later event of the connection. */
interface Policy {
  readonly principalId: string;
  readonly context: Readonly<Record<string, string>>;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly {
      readonly Action: 'execute-api:Invoke';
      readonly Effect: 'Allow' | 'Deny';
      readonly Resource: string;
    }[];
  };
}

/**
 * The gateway's questions about one live connection: whether it may open (authorizer of `$connect`), that it opens
 * (`$connect`), that it ended (`$disconnect`; not always sent, so rows also expire). Whatever throws keeps it shut.
 */
export function makeHandler(deps: AdmitConnectionHandlerDeps) {
  const admit = admitConnection(deps);
  return async (event: unknown): Promise<Policy | { readonly statusCode: number }> => {
    const parsed = parseSocketEvent(event);
    switch (parsed.kind) {
      case 'admission':
        return authorize(parsed);
      case 'opened':
        await deps.connections.add(parsed.connection);
        return { statusCode: 200 };
      case 'closed':
        await deps.connections.remove(parsed.connectionId);
        return { statusCode: 200 };
      default:
        return parsed satisfies never;
    }
  };

  async function authorize({ ticket, address, methodArn }: SocketEvent & { kind: 'admission' }) {
    const admission = await admit(ticket, address);
    if (admission.kind === 'admitted') {
      const { username, ...context } = admission.caller;
      return policy('Allow', methodArn, { principalId: username, context });
    }
    deps.counters.count('ConnectionsRefused', 1, { because: admission.because });
    if (admission.isUndecidable) deps.counters.count('PolicyUndecidable', 1);
    return policy('Deny', methodArn, { principalId: 'nobody', context: {} });
  }
}

function policy(
  Effect: 'Allow' | 'Deny',
  Resource: string,
  whom: Pick<Policy, 'principalId' | 'context'>,
): Policy {
  return {
    ...whom,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
    },
  };
}
