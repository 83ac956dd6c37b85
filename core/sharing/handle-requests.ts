import type { AccessRequest, DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Queried } from '../audit/event';
import type { Configuration } from '../contract/configuration';
import type { ExternalRequestEntry } from '../contract/external-requests';
import { type SharingRefusal, wordsFault } from './agreement-life-cycle';
import { closed, type ExternalRequest, type ExternalRequests, received } from './external-request';

export interface HandleRequestsDeps extends AuditDeps {
  readonly requests: ExternalRequests;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export interface RequestRefused {
  readonly kind: 'refused';
  readonly denial: Denial | SharingRefusal;
  readonly queried: Queried;
}

export type RequestOutcome =
  | { readonly kind: 'changed'; readonly request: ExternalRequest }
  | RequestRefused
  | { readonly kind: 'not-found' }
  /** Others changed it meanwhile; nothing was stored. */
  | { readonly kind: 'busy' };

export type ListRequestsOutcome =
  | { readonly kind: 'listed'; readonly requests: readonly ExternalRequest[]; readonly truncated: boolean }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** Whoever looks for more narrows it elsewhere: the list is for handling and oversight. */
const listedMax = 200;

/**
 * Another agency's request is entered by CID command or CIAU, by others only with a recorded exigency; an agency of
 * another state declares first; what the law or the policy bars is refused with the statute (Storage-C, Storage-E).
 */
export function receiveRequest(deps: HandleRequestsDeps) {
  return async (entry: ExternalRequestEntry, caller: Caller): Promise<RequestOutcome> => {
    const nowMs = deps.events.now();
    const operation = 'receive-external-request';
    const requestId = deps.events.newId();
    const { name: agency, kind: agencyKind } = entry.agency;
    const queried = { agency, agencyKind, externalRequestId: requestId };
    const { person } = caller;
    const permit = deps.decide({ person, operation, party: partyOf(entry), nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };
    for (const text of [entry.details, entry.authority, entry.exigency ?? '']) {
      const fault = wordsFault(deps.configuration, text);
      if (fault) return { kind: 'refused', denial: fault, queried };
    }
    const purpose = { kind: entry.purpose };
    const use = { operation, permit, queried, networksInScope: [], purpose } as const;
    const request = received(entry, { requestId, username: person.username, nowMs });
    return auditedUse<RequestOutcome>(deps, caller, use, () => store(deps, request));
  };
}

/** A request is declined with words; it is kept as the answered ones are. */
export function declineRequest(deps: HandleRequestsDeps) {
  return async (requestId: string, because: string, caller: Caller): Promise<RequestOutcome> => {
    const nowMs = deps.events.now();
    const operation = 'decline-external-request';
    const request = await deps.requests.find(requestId);
    const queried = { externalRequestId: requestId, ...askingKind(request) };
    const { person } = caller;
    const permit = deps.decide({
      person,
      operation,
      ...(request === undefined ? {} : { party: partyOf(request) }),
      nowMs,
    });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };
    if (request === undefined) return { kind: 'not-found' };
    if (request.state !== 'received') return { kind: 'refused', denial: wasClosed, queried };
    const use = { operation, permit, queried, networksInScope: [] } as const;
    const by = { username: person.username, nowMs };
    return auditedUse<RequestOutcome>(deps, caller, use, () =>
      store(deps, closed(request, { state: 'declined', because }, by)),
    );
  };
}

/** What others asked, the newest first, for those who answer and those who look after them. */
export function listRequests(deps: HandleRequestsDeps) {
  return async (caller: Caller): Promise<ListRequestsOutcome> => {
    const operation = 'list-external-requests';
    const permit = deps.decide({ person: caller.person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    const found = await auditedUse(deps, caller, use, async () => {
      const newest = await deps.requests.newest(listedMax + 1);
      const requests = newest.slice(0, listedMax);
      const resultIds = requests.map(({ requestId }) => requestId);
      return { value: newest, counts: { requests: requests.length }, resultIds };
    });
    return {
      kind: 'listed',
      requests: found.slice(0, listedMax),
      truncated: found.length > listedMax,
    };
  };
}

/** The exigency of whoever acts now counts like one that stands on the request. */
export function partyOf(
  { agency, declaration, exigency }: ExternalRequestEntry,
  exigencyNow?: string,
): NonNullable<AccessRequest['party']> {
  return {
    kind: agency.kind,
    state: agency.state,
    exigency: (exigency ?? exigencyNow) !== undefined,
    declared: declaration !== undefined,
  };
}

/** What kind of agency asks, for the log: the month's report counts requests by it. */
export function askingKind(request: ExternalRequest | undefined): Pick<Queried, 'agencyKind'> {
  return request === undefined ? {} : { agencyKind: request.agency.kind };
}

export const wasClosed: SharingRefusal = {
  kind: 'refused',
  because: 'state',
  clause: 'Storage-C',
  message: 'This request was answered or declined.',
  remedy: 'Enter another request: each is one query.',
};

async function store(deps: HandleRequestsDeps, request: ExternalRequest) {
  const isStored = (await deps.requests.store(request)) === 'stored';
  const value: RequestOutcome = isStored ? { kind: 'changed', request } : { kind: 'busy' };
  return { value, counts: { changed: Number(isStored) }, resultIds: isStored ? [request.requestId] : [] };
}
