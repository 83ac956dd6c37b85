import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { refusalReply } from '../../adapters/gateway/life-cycle-refusal';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import type { OperationId } from '../../core/contract/operations';
import { type AnswerOutcome, type AnswerRequestDeps, answerRequest } from '../../core/sharing/answer-request';
import { externalRequestAnswer } from '../../core/sharing/external-request';
import {
  declineRequest,
  listRequests,
  type RequestOutcome,
  type RequestRefused,
  receiveRequest,
} from '../../core/sharing/handle-requests';

export type ManageExternalRequestsDeps = ApiDeps & AnswerRequestDeps;

/** /v1/external-requests. */
export function makeHandler(deps: ManageExternalRequestsDeps): ApiHandler {
  const receive = receiveRequest(deps);
  const answer = answerRequest(deps);
  const decline = declineRequest(deps);
  const list = listRequests(deps);
  return routeOperations({
    'receive-external-request': apiHandler({
      operation: 'receive-external-request',
      deps,
      handle: async ({ body }, caller) => changeReply(await receive(body, caller)),
    }),
    'decline-external-request': apiHandler({
      operation: 'decline-external-request',
      deps,
      handle: async ({ path, body }, caller) =>
        changeReply(await decline(path.requestId, body.because, caller)),
    }),
    'answer-external-request': apiHandler({
      operation: 'answer-external-request',
      deps,
      handle: async ({ path, body }, caller) => answerReply(await answer(path.requestId, body, caller)),
    }),
    'list-external-requests': apiHandler({
      operation: 'list-external-requests',
      deps,
      handle: async (_, caller) => {
        const outcome = await list(caller);
        if (outcome.kind === 'refused') return outcome;
        const requests = outcome.requests.map(externalRequestAnswer);
        return { kind: 'answer', body: { requests, truncated: outcome.truncated } };
      },
    }),
  });
}

function changeReply(
  outcome: RequestOutcome,
): Reply<'receive-external-request' | 'decline-external-request'> {
  if (outcome.kind !== 'changed') return otherReply(outcome);
  return { kind: 'answer', body: externalRequestAnswer(outcome.request) };
}

function answerReply(outcome: AnswerOutcome): Reply<'answer-external-request'> {
  switch (outcome.kind) {
    case 'answered': {
      const { request, results, truncated, referTo } = outcome;
      return {
        kind: 'answer',
        body: {
          request: externalRequestAnswer(request),
          results: [...results],
          truncated,
          referTo: [...referTo],
        },
      };
    }
    case 'cap-reached':
      return {
        kind: 'refused',
        as: 'cap-reached',
        denial: {
          clause: 'Storage-A',
          message: 'Your searches or results of today are used up; mass downloading is prohibited.',
          remedy: 'Go on tomorrow (UTC), or ask a colleague.',
          rules: [outcome.cap],
        },
        use: { queried: outcome.queried },
      };
    case 'plate-unusable':
      return {
        kind: 'problem',
        problem: 'request-invalid',
        facts: { detail: 'The plate is not complete.', remedy: 'An individual query names one whole plate.' },
      };
    default:
      return otherReply(outcome);
  }
}

type Unanswered = Exclude<Reply<OperationId>, { kind: 'answer' }>;

function otherReply(outcome: RequestRefused | { readonly kind: 'not-found' | 'busy' }): Unanswered {
  switch (outcome.kind) {
    case 'refused':
      return refusalReply(outcome.denial, 'external-request', { queried: outcome.queried });
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: { detail: 'There is no such request.', remedy: 'List the requests for their ids.' },
      };
    case 'busy':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: 'Somebody else handled it meanwhile; nothing was answered.', remedy: 'Look at it.' },
      };
    default:
      return outcome satisfies never;
  }
}
