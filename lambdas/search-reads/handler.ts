import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import type { Caller } from '../../core/audit/audited-use';
import type { SearchRequest } from '../../core/contract/search';
import { type ContinueOutcome, continueSearch } from '../../core/search/continue-search';
import type { Walk } from '../../core/search/enumeration';
import type { SearchRecords } from '../../core/search/ports';
import { type SearchDeps, type SearchOutcome, searchReads } from '../../core/search/search';
import { showSearch } from '../../core/search/show-search';
import {
  capDenial,
  pageGone,
  patternDenial,
  patternFields,
  placeDenial,
  searchNotFound,
  walkDenial,
} from './refusals';

export type SearchReadsDeps = ApiDeps & SearchDeps & { readonly records: SearchRecords };

/** POST /v1/searches, GET /v1/searches/{searchId} and POST …/pages. */
export function makeHandler(deps: SearchReadsDeps): ApiHandler {
  const search = searchReads(deps);
  const goOn = continueSearch(deps);
  return routeOperations({
    'search-reads': apiHandler({
      operation: 'search-reads',
      deps,
      handle: async ({ body }, caller) =>
        replyTo(await search(body, caller), { words: body, caller, nowMs: deps.events.now() }),
    }),
    'continue-search': apiHandler({
      operation: 'continue-search',
      deps,
      handle: async ({ path, body }, caller) => continued(await goOn(path.searchId, body.page, caller)),
    }),
    'show-search': showHandler(deps),
  });
}

function showHandler(deps: SearchReadsDeps): ApiHandler {
  const show = showSearch(deps);
  return apiHandler({
    operation: 'show-search',
    deps,
    handle: async ({ path }, caller) => {
      const outcome = await show(path.searchId, caller);
      if (outcome.kind === 'shown') return { kind: 'answer', body: outcome.search };
      return {
        kind: 'refused',
        as: 'not-found',
        denial: searchNotFound,
        use: { queried: { searchId: path.searchId } },
      };
    },
  });
}

interface Asked {
  readonly words: Pick<SearchRequest, 'purpose' | 'reason'>;
  readonly caller: Caller;
  readonly nowMs: number;
}

function replyTo(outcome: SearchOutcome, asked: Asked): Reply<'search-reads'> {
  if (outcome.kind === 'answered') return { kind: 'answer', body: outcome.response };
  const { purpose, reason } = asked.words;
  const use = { purpose, reason, queried: outcome.queried };
  switch (outcome.kind) {
    case 'refused':
      return { kind: 'refused', denial: outcome.denial, use };
    case 'cap-reached':
      return { kind: 'refused', as: 'cap-reached', denial: capDenial(outcome.cap), use };
    case 'walk-noticed':
      return {
        kind: 'refused',
        as: 'cap-reached',
        denial: walkDenial(outcome.walk),
        use,
        findings: [walkFinding(outcome.walk, asked)],
      };
    case 'pattern-unusable':
      return { kind: 'refused', as: 'request-invalid', denial: patternDenial, fields: patternFields, use };
    case 'place-unusable': {
      const { field, message } = outcome.fault;
      const fields = [{ field, message, clause: 'Storage-A' }];
      return { kind: 'refused', as: 'request-invalid', denial: placeDenial, fields, use };
    }
    default:
      return outcome satisfies never;
  }
}

/** One for a user, a kind of walk and a day, however often it is tried. */
function walkFinding(walk: Walk, { caller, nowMs }: Asked) {
  const { username, role } = caller.person;
  return {
    kind: 'enumeration',
    cause: `${walk} ${new Date(nowMs).toISOString().slice(0, 10)}`,
    username,
    role,
    severity: 'high',
    clause: 'Storage-A',
    summary: 'A day’s searches walked through the data instead of looking for a vehicle; they were stopped.',
  } as const;
}

function continued(outcome: ContinueOutcome): Reply<'continue-search'> {
  if (outcome.kind === 'answered') return { kind: 'answer', body: outcome.response };
  const use = { queried: outcome.queried };
  switch (outcome.kind) {
    case 'refused':
      return { kind: 'refused', denial: outcome.denial, use };
    case 'cap-reached':
      return { kind: 'refused', as: 'cap-reached', denial: capDenial(outcome.cap), use };
    case 'not-found':
      return { kind: 'refused', as: 'not-found', denial: searchNotFound, use };
    case 'gone':
      return { kind: 'refused', as: 'gone', denial: pageGone, use };
    default:
      return outcome satisfies never;
  }
}
