import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { EvidenceRecord } from './evidence';
import type { EvidenceRecords, Page } from './ports';

export interface ListEvidenceDeps extends AuditDeps {
  readonly records: Pick<EvidenceRecords, 'list'>;
  readonly decide: DecideAccess;
}

export type ListEvidenceOutcome =
  | { readonly kind: 'listed'; readonly page: Page<EvidenceRecord> }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** The Department records that evidence became, for requests of records (Storage-B): ids, cases and people. */
export function listEvidence(deps: ListEvidenceDeps) {
  return async (after: string | undefined, caller: Caller): Promise<ListEvidenceOutcome> => {
    const operation = 'list-evidence';
    const permit = deps.decide({ person: caller.person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    return auditedUse<ListEvidenceOutcome>(deps, caller, use, async () => {
      const page = await deps.records.list(after);
      return {
        value: { kind: 'listed', page },
        counts: { evidence: page.items.length },
        resultIds: page.items.map(({ evidenceId }) => evidenceId),
      };
    });
  };
}
