import { auditedUse, type Caller } from '../audit/audited-use';
import type { ExternalAnswer, ReleasedRead } from '../contract/external-requests';
import { isExact, parsePattern } from '../plate/pattern';
import { type Found, findReads, type ReadStores } from '../search/find-reads';
import type { Cap, ResultAllowance, SearchAllowance } from '../search/ports';
import { wordsFault } from './agreement-life-cycle';
import { closed, type ExternalRequest } from './external-request';
import {
  askingKind,
  type HandleRequestsDeps,
  partyOf,
  type RequestRefused,
  wasClosed,
} from './handle-requests';
import { networksWithLeads } from './leads';
import { departmentNetworks } from './scope';
import { knownAgencies } from './sharing-now';

export interface AnswerRequestDeps extends HandleRequestsDeps, Pick<ReadStores, 'dayKeys' | 'reads'> {
  readonly allowance: SearchAllowance & ResultAllowance;
}

export type AnswerOutcome =
  | {
      readonly kind: 'answered';
      readonly request: ExternalRequest;
      readonly results: readonly ReleasedRead[];
      readonly truncated: boolean;
      readonly referTo: readonly { readonly agencyId: string; readonly name: string }[];
    }
  | RequestRefused
  | { readonly kind: 'cap-reached'; readonly cap: Cap; readonly queried: RequestRefused['queried'] }
  | { readonly kind: 'plate-unusable' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'busy' };

/**
 * One audited search for another agency, over the Department's own networks whatever agreements say: it counts like a
 * search of whoever answers (Storage-A), and gives the reads of one complete plate. Where other networks hold rows of it
 * the requester is referred to their agencies, and no such row is opened (Storage-C). The request is closed before its
 * answer is told, so that it has one; an answer that was lost is asked for by another request.
 */
export function answerRequest(deps: AnswerRequestDeps) {
  return async (requestId: string, answer: ExternalAnswer, caller: Caller): Promise<AnswerOutcome> => {
    const nowMs = deps.events.now();
    const operation = 'answer-external-request';
    const { configuration } = deps;
    const { person } = caller;
    const networks = departmentNetworks(configuration);
    const pattern = parsePattern(answer.plate);
    const plate = pattern !== undefined && isExact(pattern) ? pattern : undefined;
    const request = await deps.requests.find(requestId);
    const queried = {
      externalRequestId: requestId,
      ...askingKind(request),
      plate: plate ?? answer.plate,
      from: answer.from,
      to: answer.to,
      networks: [...networks],
    };
    const permit = deps.decide({
      person,
      operation,
      ...(request === undefined ? {} : { party: partyOf(request, answer.exigency) }),
      nowMs,
    });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };
    if (request === undefined) return { kind: 'not-found' };
    if (request.state !== 'received') return { kind: 'refused', denial: wasClosed, queried };
    if (plate === undefined) return { kind: 'plate-unusable' };
    const fault = wordsFault(configuration, answer.exigency ?? '');
    if (fault) return { kind: 'refused', denial: fault, queried };

    const { caps, retentionDays } = configuration;
    const { username, agency } = person;
    const account = { username, agency, nowMs };
    const cap = await deps.allowance.take({ ...account, cameraHours: 0, caps });
    if (cap !== undefined) return { kind: 'cap-reached', cap, queried };
    const use = {
      operation,
      permit,
      queried,
      networksInScope: networks,
      purpose: { kind: request.purpose },
    } as const;
    return auditedUse<AnswerOutcome>(deps, caller, use, async () => {
      const span = { fromMs: Date.parse(answer.from), toMs: Date.parse(answer.to), nowMs, retentionDays };
      const limit = Math.min(caps.resultsPerSearch, configuration.sharing.requestResultsMax);
      const { found, truncated } = await findReads(
        { ...deps, plateIndex: noIndex },
        { ...span, pattern: plate, networks, limit },
      );
      const results = found.filter(({ match }) => match === 'exact').map(released);
      const others = configuration.networks.filter(({ id }) => !networks.includes(id));
      const withLeads = await networksWithLeads(deps, {
        ...span,
        plate,
        networks: others.map(({ id }) => id),
      });
      const owners = new Set(others.filter(({ id }) => withLeads.includes(id)).map(({ agency }) => agency));
      const referTo = knownAgencies(configuration, person.sharing)
        .filter(({ id }) => owners.has(id))
        .map(({ id, name }) => ({ agencyId: id, name }));
      const beyond = await deps.allowance.takeResults({ ...account, results: results.length, caps });
      if (beyond !== undefined)
        return {
          value: { kind: 'cap-reached', cap: beyond, queried },
          counts: { reads: 0, withheld: results.length },
          resultIds: [],
        };
      const referredTo = referTo.map(({ agencyId }) => agencyId);
      const { exigency } = answer;
      const after = closed(
        request,
        { state: 'answered', reads: results.length, referredTo, exigency },
        { username, nowMs },
      );
      if ((await deps.requests.store(after)) === 'conflict')
        return { value: { kind: 'busy' }, counts: { reads: 0 }, resultIds: [] };
      return {
        value: { kind: 'answered', request: after, results, truncated, referTo },
        counts: { reads: results.length, referrals: referTo.length },
        resultIds: results.map(({ readId }) => readId),
      };
    });
  };
}

function released({ read }: Found): ReleasedRead {
  return {
    readId: read.readId,
    plate: read.plate,
    confidence: read.confidence,
    capturedAt: new Date(read.capturedAtMs).toISOString(),
    cameraId: read.cameraId,
    network: read.network,
    position: { latitude: read.position.latitude, longitude: read.position.longitude },
  };
}

/** A complete plate is found by its own key. */
const noIndex: ReadStores['plateIndex'] = { find: async () => ({ plates: [], unreadable: 0 }) };
