import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import {
  type ChangeAlertDeps,
  type ChangeOutcome,
  recordDispositionAs,
  verifyAlertAs,
} from '../../core/alerts/change-alert';

export type VerifyAlertHandlerDeps = ApiDeps & ChangeAlertDeps;

/** POST /v1/alerts/{alertId}/verification and …/disposition. */
export function makeHandler(deps: VerifyAlertHandlerDeps): ApiHandler {
  const verify = verifyAlertAs(deps);
  const dispose = recordDispositionAs(deps);
  return routeOperations({
    'verify-alert': apiHandler({
      operation: 'verify-alert',
      deps,
      handle: async ({ path, body }, caller) => {
        const outcome = await verify(path.alertId, body, caller);
        return outcome.kind === 'changed' ? { kind: 'answer', body: outcome.response } : notChanged(outcome);
      },
    }),
    'record-disposition': apiHandler({
      operation: 'record-disposition',
      deps,
      handle: async ({ path, body }, caller) => {
        const outcome = await dispose(path.alertId, body, caller);
        return outcome.kind === 'changed' ? { kind: 'answer', body: outcome.response } : notChanged(outcome);
      },
    }),
  });
}

type NotChanged = Exclude<ChangeOutcome<never>, { kind: 'changed' }>;
type NotAnswered = Exclude<Reply<'verify-alert' | 'record-disposition'>, { kind: 'answer' }>;

function notChanged(outcome: NotChanged): NotAnswered {
  switch (outcome.kind) {
    case 'refused':
      return refusalOf(outcome);
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: {
          detail: 'There is no such alert, or it is forgotten with its day.',
          remedy: 'List the alerts.',
        },
      };
    case 'too-late':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: 'Somebody else was faster; nothing was stored.', remedy: 'List the alerts.' },
      };
    default:
      return outcome satisfies never;
  }
}

function refusalOf({ denial, queried }: NotChanged & { kind: 'refused' }): NotAnswered {
  const use = { queried };
  if (denial.kind === 'deny') return { kind: 'refused', denial, use };
  const { clause, message, remedy, because } = denial;
  return {
    kind: 'refused',
    denial: { clause, message, remedy, rules: ['alert-life-cycle'] },
    use,
    ...(because === 'state' ? { as: 'conflict' as const } : {}),
  };
}
