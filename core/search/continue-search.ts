import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Queried } from '../audit/event';
import type { SearchResponse } from '../contract/search';
import { networksInScope } from '../sharing/scope';
import { type AnswerPageDeps, answerPage } from './answer-page';
import { type PageToken, pageIdOf } from './page-token';
import type { Cap } from './ports';
import { queriedOf } from './queried';

export interface ContinueSearchDeps extends AnswerPageDeps, AuditDeps {
  readonly decide: DecideAccess;
}

export type ContinueOutcome =
  | { readonly kind: 'answered'; readonly response: SearchResponse }
  | { readonly kind: 'refused'; readonly denial: Denial; readonly queried: Queried }
  | { readonly kind: 'cap-reached'; readonly cap: Cap; readonly queried: Queried }
  /** There is no such search, or it is somebody else's: the same to whoever asks. */
  | { readonly kind: 'not-found'; readonly queried: Queried }
  /** The token is of no page of this search, or has run out. */
  | { readonly kind: 'gone'; readonly queried: Queried };

/**
 * A further page of one's own search: a use of its own with its own two events, decided anew with the search's purpose
 * and reason in the scope of this moment. What an agreement opened before and does not any more is neither opened nor
 * answered (Access-D, Storage-E). A token that is used twice gives its page again and costs nothing.
 */
export function continueSearch(deps: ContinueSearchDeps) {
  return async (searchId: string, token: PageToken, caller: Caller): Promise<ContinueOutcome> => {
    const nowMs = deps.events.now();
    const { person } = caller;
    const record = await deps.records.find(searchId);
    if (record === undefined || record.username !== person.username)
      return { kind: 'not-found', queried: { searchId } };
    const start = await deps.records.pageStart(searchId, pageIdOf(token), nowMs);
    if (start === undefined) return { kind: 'gone', queried: { searchId } };

    const { purpose, reason } = record.request;
    const scope = networksInScope(deps.configuration, person, nowMs);
    const networks = record.networks.filter((each) => scope.includes(each));
    const queried = { ...queriedOf(record.request, networks), searchId, page: start.page };
    const use = { operation: 'continue-search', purpose, reason } as const;
    const permit = deps.decide({ ...use, person, networks, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };

    const answer = await auditedUse(deps, caller, { ...use, permit, queried, networksInScope: scope }, () =>
      answerPage(deps, { record, caller, nowMs, networks, continued: { token, start } }),
    );
    if ('kind' in answer) return { kind: 'cap-reached', cap: answer.cap, queried };
    return { kind: 'answered', response: answer };
  };
}
