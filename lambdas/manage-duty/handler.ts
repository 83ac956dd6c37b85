import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { routeOperations } from '../../adapters/gateway/route';
import { type SetDutyDeps, setDuty } from '../../core/people/duty';
import { type ShowOwnStandingDeps, showOwnStanding } from '../../core/people/own-standing';

export type ManageDutyDeps = ApiDeps & SetDutyDeps & ShowOwnStandingDeps;

/** POST /v1/me/duty and GET /v1/me. */
export function makeHandler(deps: ManageDutyDeps): ApiHandler {
  const set = setDuty(deps);
  const show = showOwnStanding(deps);
  return routeOperations({
    'set-duty': apiHandler({
      operation: 'set-duty',
      deps,
      handle: async ({ body }, caller) => {
        const outcome = await set(body, caller);
        if (outcome.kind === 'refused') return outcome;
        const { untilMs } = outcome;
        if (untilMs === undefined) return { kind: 'answer', body: { onDuty: false } };
        return { kind: 'answer', body: { onDuty: true, until: new Date(untilMs).toISOString() } };
      },
    }),
    'show-own-standing': apiHandler({
      operation: 'show-own-standing',
      deps,
      handle: async (_, caller) => {
        const outcome = await show(caller);
        if (outcome.kind === 'refused') return outcome;
        if (outcome.kind === 'shown') return { kind: 'answer', body: outcome.standing };
        const facts = { detail: 'Your access record is not there any more.' };
        return { kind: 'problem', problem: 'not-found', facts };
      },
    }),
  });
}
