import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { summaryOf } from '../../core/evidence/evidence';
import {
  type TakeEvidenceDeps,
  type TakeEvidenceOutcome,
  takeEvidence,
} from '../../core/evidence/take-evidence';

export type TakeEvidenceHandlerDeps = ApiDeps & TakeEvidenceDeps;

/** POST /v1/evidence. */
export function makeHandler(deps: TakeEvidenceHandlerDeps): ApiHandler {
  const take = takeEvidence(deps);
  return apiHandler({
    operation: 'take-evidence',
    deps,
    handle: async ({ body }, caller) => replyTo(await take(body, caller)),
  });
}

function replyTo(outcome: TakeEvidenceOutcome): Reply<'take-evidence'> {
  switch (outcome.kind) {
    case 'taken':
      return { kind: 'answer', body: summaryOf(outcome.record) };
    case 'refused':
      return { kind: 'refused', denial: outcome.denial, use: outcome.use };
    case 'not-shown':
      return {
        kind: 'refused',
        denial: {
          clause: 'Access-E',
          message: 'No search of yours and no alert showed you this read within the last 12 hours.',
          remedy: 'Search for it with your case number, then take it as evidence.',
          rules: ['read-was-shown'],
        },
        use: outcome.use,
      };
    case 'cap-reached':
      return {
        kind: 'refused',
        as: 'cap-reached',
        denial: {
          clause: 'Storage-A',
          message: 'You have taken as much evidence as one user may on one day.',
          remedy: 'Go on tomorrow (UTC), or ask a colleague on the case.',
          rules: ['evidence-per-day'],
        },
        use: outcome.use,
      };
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: {
          detail: 'There is no such read, or not any more: reads are forgotten within the retention.',
        },
      };
    default:
      return outcome satisfies never;
  }
}
