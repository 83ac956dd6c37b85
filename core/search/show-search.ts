import type { DecideAccess } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { SearchRecordAnswer } from '../contract/search';
import type { SearchRecord, SearchRecords } from './ports';

export interface ShowSearchDeps extends AuditDeps {
  readonly records: Pick<SearchRecords, 'find' | 'answered'>;
  readonly decide: DecideAccess;
}

export type ShowSearchOutcome =
  | { readonly kind: 'shown'; readonly search: SearchRecordAnswer }
  /** There is no such search, or it is nothing to this user: the same to whoever asks. */
  | { readonly kind: 'not-found' };

/** Who asked what, when and why, and how much was answered; which reads, for their author alone (Access-D). */
export function showSearch(deps: ShowSearchDeps) {
  return async (searchId: string, caller: Caller): Promise<ShowSearchOutcome> => {
    const { person } = caller;
    const operation = 'show-search';
    const record = await deps.records.find(searchId);
    if (record === undefined) return { kind: 'not-found' };
    const nowMs = deps.events.now();
    const permit = deps.decide({ person, operation, author: record.username, nowMs });
    if (permit.kind === 'deny') return { kind: 'not-found' };
    const use = { operation, permit, queried: { searchId }, networksInScope: [] } as const;
    const search = await auditedUse(deps, caller, use, async () => {
      const { pages, reads, kept } = await deps.records.answered(searchId);
      const readIds = kept.map(({ readId }) => readId);
      const isOwn = record.username === person.username;
      return {
        value: { ...describe(record), pages, reads, ...(isOwn ? { readIds } : {}) },
        counts: { searches: 1 },
        resultIds: isOwn ? readIds : [],
      };
    });
    return { kind: 'shown', search };
  };
}

function describe(record: SearchRecord): Omit<SearchRecordAnswer, 'pages' | 'reads' | 'readIds'> {
  const { searchId, username, agency, askedAtMs, request, networks } = record;
  const { networks: _, limit: __, ...asked } = request;
  const askedAt = new Date(askedAtMs).toISOString();
  return { searchId, username, agency, askedAt, ...asked, networks: [...networks] };
}
