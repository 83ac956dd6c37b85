import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import {
  type ImportPersonnelDeps,
  type ImportPersonnelOutcome,
  importPersonnel,
} from '../../core/people/import-personnel';

/** POST /v1/personnel-feed. */
export function makeHandler(deps: ApiDeps & ImportPersonnelDeps): ApiHandler {
  const take = importPersonnel(deps);
  return apiHandler({
    operation: 'import-personnel',
    deps,
    handle: async ({ body }, caller) => replyTo(await take(body, caller)),
  });
}

function replyTo(outcome: ImportPersonnelOutcome): Reply<'import-personnel'> {
  switch (outcome.kind) {
    case 'taken':
      return { kind: 'answer', body: outcome.report };
    case 'refused':
      return { kind: 'refused', denial: outcome.denial };
    case 'invalid': {
      const { field, message } = outcome;
      return {
        kind: 'problem',
        problem: 'request-invalid',
        facts: { detail: `Put right: ${field}.`, fields: [{ field, message }] },
      };
    }
    case 'conflict': {
      const { clause, message, remedy } = outcome;
      return { kind: 'problem', problem: 'conflict', facts: { detail: message, clause, remedy } };
    }
    default:
      return outcome satisfies never;
  }
}
