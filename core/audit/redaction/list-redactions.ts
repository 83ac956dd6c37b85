import type { Denial } from '../../access/decision';
import { auditedUse, type Caller } from '../audited-use';
import type { RedactionDeps } from './order-redaction';
import type { Redaction } from './redaction';

export type ListRedactionsOutcome =
  | { readonly kind: 'listed'; readonly redactions: readonly Redaction[] }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** Every order and what came of it, by place in the log. */
export function listRedactions(deps: Pick<RedactionDeps, 'redactions' | 'decide' | 'audit' | 'events'>) {
  return async (caller: Caller): Promise<ListRedactionsOutcome> => {
    const { person } = caller;
    const operation = 'list-redactions';
    const permit = deps.decide({ person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    return auditedUse<ListRedactionsOutcome>(deps, caller, use, async () => {
      const redactions = [...(await deps.redactions.list())].sort((a, b) => a.logIndex - b.logIndex);
      return {
        value: { kind: 'listed', redactions },
        counts: { redactions: redactions.length },
        resultIds: [],
      };
    });
  };
}
