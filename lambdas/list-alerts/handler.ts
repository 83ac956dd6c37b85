import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { type ListAlertsDeps, listAlerts } from '../../core/alerts/list-alerts';

export type ListAlertsHandlerDeps = ApiDeps & ListAlertsDeps;

/** GET /v1/alerts. */
export function makeHandler(deps: ListAlertsHandlerDeps): ApiHandler {
  const list = listAlerts(deps);
  return apiHandler({
    operation: 'list-alerts',
    deps,
    handle: async ({ query }, caller) => {
      const outcome = await list(query, caller);
      return outcome.kind === 'answered'
        ? { kind: 'answer', body: outcome.response }
        : { kind: 'refused', denial: outcome.denial, use: { queried: outcome.queried } };
    },
  });
}
