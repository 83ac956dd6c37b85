import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import {
  type DecideFindingDeps,
  type DecideFindingOutcome,
  decideFinding,
} from '../../core/findings/decide-finding';
import { findingAnswer } from '../../core/findings/finding-answer';
import { type ListFindingsDeps, listFindings } from '../../core/findings/list-findings';

export type ManageFindingsDeps = ApiDeps & DecideFindingDeps & ListFindingsDeps;

/** GET /v1/findings and POST /v1/findings/{findingId}/decision. */
export function makeHandler(deps: ManageFindingsDeps): ApiHandler {
  const list = listFindings(deps);
  const decide = decideFinding(deps);
  return routeOperations({
    'list-findings': apiHandler({
      operation: 'list-findings',
      deps,
      handle: async ({ query }, caller) => {
        const outcome = await list(query, caller);
        if (outcome.kind === 'refused') return outcome;
        const { findings, truncated } = outcome;
        return { kind: 'answer', body: { findings: findings.map(findingAnswer), truncated } };
      },
    }),
    'decide-finding': apiHandler({
      operation: 'decide-finding',
      deps,
      handle: async ({ path: { findingId }, body }, caller) =>
        replyTo(findingId, await decide(findingId, body, caller)),
    }),
  });
}

function replyTo(findingId: string, outcome: DecideFindingOutcome): Reply<'decide-finding'> {
  switch (outcome.kind) {
    case 'decided':
      return { kind: 'answer', body: findingAnswer(outcome.finding) };
    case 'refused':
      return { kind: 'refused', denial: outcome.denial, use: { queried: { findingId } } };
    case 'conflict': {
      const { clause, message, remedy } = outcome;
      return { kind: 'problem', problem: 'conflict', facts: { detail: message, clause, remedy } };
    }
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: { detail: 'There is no such finding.', remedy: 'List the findings for their ids.' },
      };
    case 'busy':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: 'Others are changing this access; nothing was done.', remedy: 'Try again.' },
      };
    default:
      return outcome satisfies never;
  }
}
