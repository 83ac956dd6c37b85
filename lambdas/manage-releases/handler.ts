import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import {
  type ChangeReleaseOutcome,
  type ChangeReleasesDeps,
  decideRelease,
  requestRelease,
} from '../../core/evidence/releases/change-releases';
import { type ListReleasesDeps, listReleases } from '../../core/evidence/releases/list-releases';
import { releaseAnswer } from '../../core/evidence/releases/release';

export type ManageReleasesDeps = ApiDeps & ChangeReleasesDeps & ListReleasesDeps;

/** POST and GET /v1/releases, POST /v1/releases/{releaseId}/decision. */
export function makeHandler(deps: ManageReleasesDeps): ApiHandler {
  const request = requestRelease(deps);
  const decide = decideRelease(deps);
  const list = listReleases(deps);
  return routeOperations({
    'request-release': apiHandler({
      operation: 'request-release',
      deps,
      handle: async ({ body }, caller) => replyTo(await request(body, caller)),
    }),
    'decide-release': apiHandler({
      operation: 'decide-release',
      deps,
      handle: async ({ path, body }, caller) => replyTo(await decide(path.releaseId, body, caller)),
    }),
    'list-releases': apiHandler({
      operation: 'list-releases',
      deps,
      handle: async ({ query }, caller) => {
        const outcome = await list(query.after, caller);
        if (outcome.kind === 'refused') return outcome;
        const { items, next } = outcome.page;
        const body = { releases: items.map(releaseAnswer), ...(next === undefined ? {} : { next }) };
        return { kind: 'answer', body };
      },
    }),
  });
}

function replyTo(outcome: ChangeReleaseOutcome): Reply<'request-release' | 'decide-release'> {
  switch (outcome.kind) {
    case 'changed':
      return { kind: 'answer', body: releaseAnswer(outcome.release) };
    case 'refused': {
      const { denial } = outcome;
      if (denial.kind === 'deny') return { kind: 'refused', denial };
      const { clause, message, remedy } = denial;
      return { kind: 'refused', denial: { clause, message, remedy, rules: ['release-words'] } };
    }
    case 'no-evidence':
      return {
        kind: 'refused',
        denial: {
          clause: 'Access-F',
          message: 'Only evidence is released, and there is none of this id.',
          remedy: 'Take the read as evidence of its case first; the records officer lists what there is.',
          rules: ['evidence-only'],
        },
      };
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: { detail: 'There is no such release.', remedy: 'List the releases for their ids.' },
      };
    case 'decided':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: 'It is decided already.', remedy: 'List the releases for what was decided.' },
      };
    case 'busy':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: 'The evidence is being used by others; nothing was done.', remedy: 'Try again.' },
      };
    default:
      return outcome satisfies never;
  }
}
