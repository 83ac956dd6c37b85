import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { refusalReply } from '../../adapters/gateway/life-cycle-refusal';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import {
  type ChangeSiteOutcome,
  type ChangeSitesDeps,
  decideCameraSite,
  proposeCameraSite,
  recordCameraInstallation,
} from '../../core/cameras/change-sites';
import { type ListSitesDeps, listCameraSites, siteAnswer } from '../../core/cameras/list-sites';

export type ManageSitesDeps = ApiDeps & ChangeSitesDeps & ListSitesDeps;

/** POST and GET /v1/sites, POST /v1/sites/{siteId}/decision and …/installation. */
export function makeHandler(deps: ManageSitesDeps): ApiHandler {
  const propose = proposeCameraSite(deps);
  const decide = decideCameraSite(deps);
  const install = recordCameraInstallation(deps);
  return routeOperations({
    'propose-site': apiHandler({
      operation: 'propose-site',
      deps,
      handle: async ({ body }, caller) => replyTo(await propose(body, caller)),
    }),
    'decide-site': apiHandler({
      operation: 'decide-site',
      deps,
      handle: async ({ path, body }, caller) => replyTo(await decide(path.siteId, body, caller)),
    }),
    'record-installation': apiHandler({
      operation: 'record-installation',
      deps,
      handle: async ({ path, body }, caller) => replyTo(await install(path.siteId, body.cameraId, caller)),
    }),
    'list-sites': listHandler(deps),
  });
}

function listHandler(deps: ManageSitesDeps): ApiHandler {
  const list = listCameraSites(deps);
  return apiHandler({
    operation: 'list-sites',
    deps,
    handle: async (_, caller) => {
      const outcome = await list(caller);
      if (outcome.kind === 'refused') return outcome;
      return { kind: 'answer', body: { sites: outcome.sites.map(siteAnswer) } };
    },
  });
}

type ChangeReply = Reply<'propose-site' | 'decide-site' | 'record-installation'>;

function replyTo(outcome: ChangeSiteOutcome): ChangeReply {
  switch (outcome.kind) {
    case 'changed':
      return { kind: 'answer', body: siteAnswer(outcome.site) };
    case 'refused':
      return refusalReply(outcome.denial, 'site-life-cycle');
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: { detail: 'There is no such site.', remedy: 'List the sites for their ids.' },
      };
    case 'busy':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: 'The site is being changed by others; nothing was done.', remedy: 'Try again.' },
      };
    default:
      return outcome satisfies never;
  }
}
