import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Entry } from './entry';
import { entryDaysMax } from './life-cycle';
import type { HotList } from './ports';

export interface ListEntriesDeps extends AuditDeps {
  readonly hotList: Pick<HotList, 'list'>;
  readonly decide: DecideAccess;
}

export type ListOutcome =
  | { readonly kind: 'listed'; readonly entries: readonly Entry[] }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** Entries are shown this long after their request: open ones always, since none is older, and those just over. */
const shownMs = 2 * entryDaysMax * 86_400_000;

/** The list, newest request first, for those who use it (Policy-H.a, Policy-H.b). */
export function listHotListEntries(deps: ListEntriesDeps) {
  return async (caller: Caller): Promise<ListOutcome> => {
    const nowMs = deps.events.now();
    const operation = 'list-hot-list-entries';
    const decision = deps.decide({ person: caller.person, operation, nowMs });
    if (decision.kind === 'deny') return { kind: 'refused', denial: decision };
    const use = { operation, permit: decision, queried: {}, networksInScope: [] } as const;
    const entries = await auditedUse(deps, caller, use, async () => {
      const all = await deps.hotList.list();
      const shown = all
        .filter((entry) => nowMs - entry.requestedAtMs < shownMs)
        .sort((a, b) => b.requestedAtMs - a.requestedAtMs);
      return {
        value: shown,
        counts: { entries: shown.length },
        resultIds: shown.map((entry) => entry.entryId),
      };
    });
    return { kind: 'listed', entries };
  };
}
