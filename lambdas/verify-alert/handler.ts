import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { refusalReply } from '../../adapters/gateway/life-cycle-refusal';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import {
  acknowledgeAlertAs,
  notifyNeighbourAs,
  recordDispositionAs,
  verifyAlertAs,
} from '../../core/alerts/alert-operations';
import type { ChangeAlertDeps, ChangeOutcome } from '../../core/alerts/change-alert';

export type VerifyAlertHandlerDeps = ApiDeps & ChangeAlertDeps;

/** POST /v1/alerts/{alertId}/acknowledgement, …/verification, …/neighbour-notifications and …/disposition. */
export function makeHandler(deps: VerifyAlertHandlerDeps): ApiHandler {
  const acknowledge = acknowledgeAlertAs(deps);
  const verify = verifyAlertAs(deps);
  const notify = notifyNeighbourAs(deps);
  const dispose = recordDispositionAs(deps);
  return routeOperations({
    'acknowledge-alert': apiHandler({
      operation: 'acknowledge-alert',
      deps,
      handle: async ({ path, body }, caller) => replyOf(await acknowledge(path.alertId, body, caller)),
    }),
    'verify-alert': apiHandler({
      operation: 'verify-alert',
      deps,
      handle: async ({ path, body }, caller) => replyOf(await verify(path.alertId, body, caller)),
    }),
    'notify-neighbour': apiHandler({
      operation: 'notify-neighbour',
      deps,
      handle: async ({ path, body }, caller) => replyOf(await notify(path.alertId, body, caller)),
    }),
    'record-disposition': apiHandler({
      operation: 'record-disposition',
      deps,
      handle: async ({ path, body }, caller) => replyOf(await dispose(path.alertId, body, caller)),
    }),
  });
}

type NotChanged = Exclude<ChangeOutcome<never>, { kind: 'changed' }>;
type NotAnswered = Exclude<Reply<'verify-alert'>, { kind: 'answer' }>;

function replyOf<Body>(
  outcome: ChangeOutcome<Body>,
): { readonly kind: 'answer'; readonly body: Body } | NotAnswered {
  return outcome.kind === 'changed' ? { kind: 'answer', body: outcome.response } : notChanged(outcome);
}

function notChanged(outcome: NotChanged): NotAnswered {
  switch (outcome.kind) {
    case 'refused':
      return refusalReply(outcome.denial, 'alert-life-cycle', { queried: outcome.queried });
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
