import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Entry } from './entry';
import { entryMsMax } from './entry-change';
import type { HotList } from './ports';

export interface ListEntriesDeps extends AuditDeps {
  readonly hotList: Pick<HotList, 'list'>;
  readonly decide: DecideAccess;
}

export type ListOutcome =
  | { readonly kind: 'listed'; readonly entries: readonly Entry[] }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** Open entries are shown however old they are, and those that are over for so long after their end. */
const shownAfterEndMs = entryMsMax;

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
        .filter((entry) => nowMs < endOf(entry) + shownAfterEndMs)
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

function endOf({ removedAtMs, expiresAtMs }: Entry): number {
  return Math.min(removedAtMs ?? expiresAtMs, expiresAtMs);
}
