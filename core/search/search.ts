import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Queried } from '../audit/event';
import type { Configuration } from '../contract/configuration';
import type { FoundRead, SearchRequest, SearchResponse } from '../contract/search';
import { parsePattern } from '../plate/pattern';
import { networksInScope } from '../sharing/scope';
import { type Found, findReads, type ReadStores } from './find-reads';
import type { ImageLinks, SearchAllowance } from './ports';

export interface SearchDeps extends ReadStores, AuditDeps {
  readonly imageLinks: ImageLinks;
  readonly allowance: SearchAllowance;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type SearchOutcome =
  | { readonly kind: 'answered'; readonly response: SearchResponse }
  | { readonly kind: 'refused'; readonly denial: Denial; readonly queried: Queried }
  | { readonly kind: 'cap-reached'; readonly queried: Queried }
  /** More reads were found than the caller may still be answered on this day; none is. */
  | { readonly kind: 'results-used-up'; readonly queried: Queried }
  | { readonly kind: 'pattern-unusable'; readonly queried: Queried };

/**
 * One search: decided, counted, then made as an audited use (`auditedUse`), so the first row is read only after
 * `requested` is durable (Access-E), and its results are counted before they are disclosed (Storage-A). Rejects with what the audit log or a store rejected with; then nothing was
 * answered.
 */
export function searchReads(deps: SearchDeps) {
  return async (request: SearchRequest, caller: Caller): Promise<SearchOutcome> => {
    const nowMs = deps.events.now();
    const scope = networksInScope(deps.configuration, caller.person, nowMs);
    const networks = [...new Set(request.networks ?? scope)];
    const pattern = parsePattern(request.plate);
    const queried: Queried = {
      plate: pattern ?? request.plate,
      from: request.from,
      to: request.to,
      networks,
    };
    if (!pattern) return { kind: 'pattern-unusable', queried };

    const { purpose, reason } = request;
    const decision = deps.decide({
      person: caller.person,
      operation: 'search-reads',
      networks,
      purpose,
      reason,
      nowMs,
    });
    if (decision.kind === 'deny') return { kind: 'refused', denial: decision, queried };
    const { caps, retentionDays } = deps.configuration;
    const { username } = caller.person;
    if (!(await deps.allowance.take({ username, nowMs, searchesPerDay: caps.searchesPerDay })))
      return { kind: 'cap-reached', queried };

    const response = await auditedUse<SearchResponse | undefined>(
      deps,
      caller,
      { operation: 'search-reads', permit: decision, queried, networksInScope: scope, purpose, reason },
      async () => {
        const { found, truncated, unreadable } = await findReads(deps, {
          pattern,
          fromMs: Date.parse(request.from),
          toMs: Date.parse(request.to),
          networks,
          limit: Math.min(request.limit ?? caps.resultsPerSearch, caps.resultsPerSearch),
          nowMs,
          retentionDays,
        });
        const use = { username, nowMs, results: found.length, resultsPerDay: caps.resultsPerDay };
        if (!(await deps.allowance.takeResults(use)))
          return { value: undefined, counts: { reads: 0, withheld: found.length }, resultIds: [] };
        const results = await withLinks(deps.imageLinks, found, caller);
        return {
          value: { searchId: caller.requestId, networks, results, truncated },
          counts: { reads: results.length, truncated: Number(truncated), unreadable },
          resultIds: results.map((each) => each.readId),
        };
      },
    );
    return response ? { kind: 'answered', response } : { kind: 'results-used-up', queried };
  };
}

async function withLinks(links: ImageLinks, found: readonly Found[], caller: Caller): Promise<FoundRead[]> {
  const owner = { username: caller.person.username, searchId: caller.requestId };
  const tokens = await links.issue(
    found.flatMap(({ read, day }) => {
      const target = { ...owner, readId: read.readId, day, network: read.network };
      return [
        { ...target, image: 'plate' as const },
        { ...target, image: 'vehicle' as const },
      ];
    }),
  );
  return found.map((each, at) => describe(each, imagePath(tokens[2 * at]), imagePath(tokens[2 * at + 1])));
}

function describe({ read, match }: Found, plate: string, vehicle: string): FoundRead {
  return {
    readId: read.readId,
    plate: read.plate,
    match,
    candidates: read.candidates.map((each) => ({ plate: each.plate, probability: each.probability })),
    confidence: read.confidence,
    ...(read.state === undefined ? {} : { state: read.state }),
    capturedAt: new Date(read.capturedAtMs).toISOString(),
    cameraId: read.cameraId,
    network: read.network,
    position: { latitude: read.position.latitude, longitude: read.position.longitude },
    images: { plate, vehicle },
  };
}

function imagePath(token: string | undefined): string {
  if (token === undefined) throw new Error('an image link is missing');
  return `/v1/images/${token}`;
}
