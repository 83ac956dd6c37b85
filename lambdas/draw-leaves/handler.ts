import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { routeOperations } from '../../adapters/gateway/route';
import { type DrawLeavesDeps, drawLeaves } from '../../core/audit/draw/draw-leaves';

/** POST /v1/log/draws. */
export function makeHandler(deps: ApiDeps & DrawLeavesDeps): ApiHandler {
  const draw = drawLeaves(deps);
  return routeOperations({
    'draw-leaves': apiHandler({
      operation: 'draw-leaves',
      deps,
      handle: async ({ body }, caller) => {
        const outcome = await draw(body, caller);
        switch (outcome.kind) {
          case 'drawn':
            return { kind: 'answer', body: outcome.draw };
          case 'refused':
            return { ...outcome, use: { queried: { day: body.day } } };
          case 'not-published':
            return {
              kind: 'problem',
              problem: 'not-found',
              facts: {
                detail: 'No checkpoint of this day was published.',
                remedy: 'Name a day that the portal lists.',
              },
            };
          default:
            return outcome satisfies never;
        }
      },
    }),
  });
}
