import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { AuditedUserAnswer } from '../contract/month-audits';
import type { ReportMonth } from '../reports/month';
import type { MonthAuditRecord, MonthAudits } from './ports';

export interface ListMonthAuditsDeps extends AuditDeps {
  readonly audits: Pick<MonthAudits, 'find' | 'list'>;
  /** The users of a stored audit; throws where it is not the file whose hash the record has. */
  readonly usersOf: (record: MonthAuditRecord) => Promise<readonly AuditedUserAnswer[]>;
  readonly decide: DecideAccess;
}

export type ListMonthAuditsOutcome =
  | { readonly kind: 'listed'; readonly audits: readonly MonthAuditRecord[] }
  | { readonly kind: 'refused'; readonly denial: Denial };

export type ShowMonthAuditOutcome =
  | {
      readonly kind: 'shown';
      readonly record: MonthAuditRecord;
      readonly users: readonly AuditedUserAnswer[];
    }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'not-found' };

/** How the audit of each month stands (Acct-A). */
export function listMonthAudits(deps: ListMonthAuditsDeps) {
  return async (caller: Caller): Promise<ListMonthAuditsOutcome> => {
    const { person } = caller;
    const operation = 'list-month-audits';
    const permit = deps.decide({ person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    return auditedUse<ListMonthAuditsOutcome>(deps, caller, use, async () => {
      const audits = await deps.audits.list();
      return { value: { kind: 'listed', audits }, counts: { audits: audits.length }, resultIds: [] };
    });
  };
}

/**
 * What each user did in a month. Findings are not in it: they are listed by themselves, where nobody sees the own.
 */
export function showMonthAudit(deps: ListMonthAuditsDeps) {
  return async (month: ReportMonth, caller: Caller): Promise<ShowMonthAuditOutcome> => {
    const { person } = caller;
    const operation = 'show-month-audit';
    const permit = deps.decide({ person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: { month }, networksInScope: [] } as const;
    return auditedUse<ShowMonthAuditOutcome>(deps, caller, use, async () => {
      const record = await deps.audits.find(month);
      if (record === undefined) return { value: { kind: 'not-found' }, counts: { users: 0 }, resultIds: [] };
      const users = await deps.usersOf(record);
      return { value: { kind: 'shown', record, users }, counts: { users: users.length }, resultIds: [] };
    });
  };
}
