import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { routeOperations } from '../../adapters/gateway/route';
import {
  decideHeldDelivery,
  listOutsideLists,
  type OutsideListDeps,
} from '../../core/hot-list/outside/decide-held';

/** GET /v1/hot-list/outside-lists and POST …/{list}/held-delivery. */
export function makeHandler(deps: ApiDeps & OutsideListDeps): ApiHandler {
  return routeOperations({
    'list-outside-lists': listHandler(deps),
    'decide-held-list': decisionHandler(deps),
  });
}

function listHandler(deps: ApiDeps & OutsideListDeps): ApiHandler {
  const list = listOutsideLists(deps);
  return apiHandler({
    operation: 'list-outside-lists',
    deps,
    handle: async (_, caller) => {
      const outcome = await list(caller);
      return outcome.kind === 'refused' ? outcome : { kind: 'answer', body: { lists: [...outcome.lists] } };
    },
  });
}

function decisionHandler(deps: ApiDeps & OutsideListDeps): ApiHandler {
  const decide = decideHeldDelivery(deps);
  return apiHandler({
    operation: 'decide-held-list',
    deps,
    handle: async ({ path, body }, caller) => {
      const outcome = await decide({ list: path.list, ...body }, caller);
      switch (outcome.kind) {
        case 'decided':
          return { kind: 'answer', body: outcome.list };
        case 'refused':
          return { kind: 'refused', denial: outcome.denial, use: { queried: { list: path.list } } };
        case 'not-found':
          return {
            kind: 'problem',
            problem: 'not-found',
            facts: { detail: 'No delivery of this list is held.', remedy: 'List the outside lists.' },
          };
        case 'conflict':
          return {
            kind: 'problem',
            problem: 'conflict',
            facts: {
              detail: 'The held delivery is another one by now.',
              remedy: 'List the outside lists and decide on the one that is held now.',
            },
          };
        default:
          return outcome satisfies never;
      }
    },
  });
}
