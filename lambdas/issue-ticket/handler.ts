import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { type IssueTicketDeps, issueTicket } from '../../core/alerts/issue-ticket';

export type IssueTicketHandlerDeps = ApiDeps & IssueTicketDeps;

/** POST /v1/tickets. */
export function makeHandler(deps: IssueTicketHandlerDeps): ApiHandler {
  const issue = issueTicket(deps);
  return apiHandler({
    operation: 'issue-ticket',
    deps,
    handle: async (_, caller) => {
      const outcome = await issue(caller);
      return outcome.kind === 'issued'
        ? { kind: 'answer', body: outcome.response }
        : { kind: 'refused', denial: outcome.denial, use: { queried: outcome.queried } };
    },
  });
}
