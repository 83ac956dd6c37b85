import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import { decideRedaction } from '../../core/audit/redaction/decide-redaction';
import { listRedactions } from '../../core/audit/redaction/list-redactions';
import {
  orderRedaction,
  type RedactionDeps,
  type RedactionOutcome,
} from '../../core/audit/redaction/order-redaction';
import { redactionAnswer } from '../../core/audit/redaction/redaction';

export type RedactEventDeps = ApiDeps & RedactionDeps;

/** POST and GET /v1/log/redactions, POST /v1/log/redactions/{logIndex}/decision. */
export function makeHandler(deps: RedactEventDeps): ApiHandler {
  const [order, decide, list] = [orderRedaction(deps), decideRedaction(deps), listRedactions(deps)];
  return routeOperations({
    'order-redaction': apiHandler({
      operation: 'order-redaction',
      deps,
      handle: async ({ body }, caller) => replyTo(body.logIndex, await order(body, caller)),
    }),
    'decide-redaction': apiHandler({
      operation: 'decide-redaction',
      deps,
      handle: async ({ path, body }, caller) => {
        const logIndex = Number(path.logIndex);
        return replyTo(logIndex, await decide(logIndex, body, caller));
      },
    }),
    'list-redactions': apiHandler({
      operation: 'list-redactions',
      deps,
      handle: async (_, caller) => {
        const outcome = await list(caller);
        if (outcome.kind === 'refused') return outcome;
        return { kind: 'answer', body: { redactions: outcome.redactions.map(redactionAnswer) } };
      },
    }),
  });
}

function replyTo(
  logIndex: number,
  outcome: RedactionOutcome,
): Reply<'order-redaction'> & Reply<'decide-redaction'> {
  switch (outcome.kind) {
    case 'stands':
      return { kind: 'answer', body: redactionAnswer(outcome.redaction) };
    case 'refused':
      return { kind: 'refused', denial: outcome.denial, use: { queried: { logIndex } } };
    case 'conflict': {
      const { message, remedy } = outcome;
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: message, clause: 'Acct-A', remedy },
      };
    }
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: {
          detail: 'There is no such event, or no order to redact it.',
          remedy: 'Look up the place of the event in the log, or list the redactions.',
        },
      };
    default:
      return outcome satisfies never;
  }
}
