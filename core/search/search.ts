import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Queried } from '../audit/event';
import type { Sites } from '../cameras/ports';
import type { SearchRequest, SearchResponse } from '../contract/search';
import { parsePattern } from '../plate/pattern';
import { networksInScope } from '../sharing/scope';
import { type AnswerPageDeps, answerPage } from './answer-page';
import type { Walk, Walked } from './enumeration';
import { noticeWalk } from './notice-walk';
import { type Places, placesOf } from './places-of';
import type { Cap, SearchAllowance, SearchTraces } from './ports';
import { queriedOf } from './queried';

export interface SearchDeps extends AnswerPageDeps, AuditDeps {
  readonly allowance: SearchAllowance;
  readonly traces: SearchTraces;
  readonly sites: Pick<Sites, 'list'>;
  readonly decide: DecideAccess;
}

export type SearchOutcome =
  | { readonly kind: 'answered'; readonly response: SearchResponse }
  | { readonly kind: 'refused'; readonly denial: Denial; readonly queried: Queried }
  /** Of `results-…`: more reads were found than may still be answered, and none is. */
  | { readonly kind: 'cap-reached'; readonly cap: Cap; readonly queried: Queried }
  | { readonly kind: 'walk-noticed'; readonly walk: Walk; readonly queried: Queried }
  | { readonly kind: 'pattern-unusable'; readonly queried: Queried }
  | {
      readonly kind: 'place-unusable';
      readonly fault: Extract<Places, { readonly kind: 'unusable' }>;
      readonly queried: Queried;
    };

/**
 * One search and its first page: decided, counted, looked at for a walk through the data, then made as an audited use
 * (`auditedUse`), so the first row is read only after `requested` is durable (Access-E), and its results are counted
 * before they are disclosed (Storage-A). Rejects with what the audit log or a store rejected with; then nothing was
 * answered.
 */
export function searchReads(deps: SearchDeps) {
  return async (request: SearchRequest, caller: Caller): Promise<SearchOutcome> => {
    const nowMs = deps.events.now();
    const { person, requestId } = caller;
    const scope = networksInScope(deps.configuration, person, nowMs);
    const networks = namedNetworks(request) ?? scope;
    const queried = queriedOf(request, networks);
    const pattern = request.plate === undefined ? undefined : parsePattern(request.plate);
    if (request.plate !== undefined && !pattern) return { kind: 'pattern-unusable', queried };

    const { purpose, reason } = request;
    const permit = deps.decide({ person, operation: 'search-reads', networks, purpose, reason, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };

    const [fromMs, toMs] = [Date.parse(request.from), Date.parse(request.to)];
    const { caps } = deps.configuration;
    const { place } = request;
    const found = place && (await placesOf(deps.sites, caps.place, { place, fromMs, toMs, networks }));
    if (found?.kind === 'unusable') return { kind: 'place-unusable', fault: found, queried };

    const { username, agency } = person;
    const cameraHours = found?.cameraHours ?? 0;
    const cap = await deps.allowance.take({ username, agency, nowMs, cameraHours, caps });
    if (cap) return { kind: 'cap-reached', cap, queried };
    const target: Walked['target'] = pattern
      ? { kind: 'plate', pattern }
      : { kind: 'place', cameras: cameraNames(found) };
    const walk = await noticeWalk(deps, { username, nowMs, fromMs, toMs, target });
    if (walk) return { kind: 'walk-noticed', walk, queried };

    const record = {
      searchId: requestId,
      username,
      agency,
      askedAtMs: nowMs,
      request,
      networks,
      ...(found === undefined ? {} : { places: found.places }),
    };
    const answer = await auditedUse(
      deps,
      caller,
      { operation: 'search-reads', permit, queried, networksInScope: scope, purpose, reason },
      () => answerPage(deps, { record, caller, nowMs, networks }),
    );
    if ('kind' in answer) return { kind: 'cap-reached', cap: answer.cap, queried };
    return { kind: 'answered', response: answer };
  };
}

/** The networks that a request speaks of; a named camera speaks of its own. */
function namedNetworks({ networks, place }: SearchRequest): readonly string[] | undefined {
  const named = [
    ...(networks ?? []),
    ...(place?.kind === 'cameras' ? place.cameras.map(({ network }) => network) : []),
  ];
  return named.length === 0 ? undefined : [...new Set(named)];
}

function cameraNames(found: Extract<Places, { readonly kind: 'places' }> | undefined): readonly string[] {
  return [...new Set(found?.places.map(({ network, cameraId }) => `${network}|${cameraId}`))];
}
