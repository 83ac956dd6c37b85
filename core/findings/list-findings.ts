import type { DecideAccess, Denial } from '../access/decision';
import type { Role } from '../access/roles';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { findingOutcomes } from '../contract/findings';
import type { Principal } from '../people/person';
import type { PeopleRecords } from '../people/ports';
import type { Finding } from './finding';
import type { Findings } from './ports';
import { isDesignated, nobody, subjectRole } from './subject';

export interface ListFindingsDeps extends AuditDeps {
  readonly findings: Pick<Findings, 'newest'>;
  readonly records: Pick<PeopleRecords, 'rolesOf'>;
  readonly decide: DecideAccess;
}

export type ListFindingsOutcome =
  | { readonly kind: 'listed'; readonly findings: readonly Finding[]; readonly truncated: boolean }
  | { readonly kind: 'refused'; readonly denial: Denial };

const listedMax = 200;
/** Read of each state before anything is hidden, so that hidden ones do not crowd out those that may be seen. */
const readMax = 1000;

/**
 * What was found amiss, raised last first. Nobody sees findings about himself, and those about an office that the Chief
 * gives are for the Chief and the auditor alone (Policy-D, Acct-A).
 */
export function listFindings(deps: ListFindingsDeps) {
  return async (
    asked: { readonly state?: 'open' | 'decided' | undefined; readonly month?: string | undefined },
    caller: Caller,
  ): Promise<ListFindingsOutcome> => {
    const { state = 'open', month } = asked;
    const { person } = caller;
    const operation = 'list-findings';
    const permit = deps.decide({ person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    return auditedUse<ListFindingsOutcome & { kind: 'listed' }>(deps, caller, use, async () => {
      const states = state === 'open' ? (['open'] as const) : findingOutcomes;
      const read = await Promise.all(states.map((each) => deps.findings.newest(each, readMax)));
      const all = read.flat();
      const roles = await deps.records.rolesOf(all.flatMap(({ username }) => username ?? []));
      const visible = all
        .filter((finding) => month === undefined || finding.month === month)
        .filter((finding) => maySee(person, finding, roles))
        .sort((a, b) => b.raisedAtMs - a.raisedAtMs);
      const findings = visible.slice(0, listedMax);
      const truncated = visible.length > listedMax || read.some(({ length }) => length >= readMax);
      return {
        value: { kind: 'listed', findings, truncated },
        counts: { findings: findings.length },
        resultIds: findings.map(({ findingId }) => findingId),
      };
    });
  };
}

function maySee({ username, role }: Principal, finding: Finding, roles: ReadonlyMap<string, Role>): boolean {
  if (finding.username === username) return false;
  if (role === 'chief' || role === 'auditor') return true;
  return !isDesignated(subjectRole(finding, roles.get(finding.username ?? nobody)));
}
