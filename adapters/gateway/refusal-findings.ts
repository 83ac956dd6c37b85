import type { AuditEvent } from '../../core/audit/event';
import type { OperationId } from '../../core/contract/operations';
import type { FindingCause } from '../../core/findings/finding';
import type { Person } from '../../core/people/person';
import type { Refused } from './refusal';

/** Of the rule that screens what was written: subjects that no plate may be looked up for. Its others are of form. */
const prohibitedClauses = new Set(['Policy-C', 'Access-A', 'Storage-E', 'Def']);

/** What a refusal shows to be amiss, beside what its refuser found. */
export function findingsOfRefusal(
  { denial, findings = [] }: Refused,
  about: { readonly person: Person; readonly operation: OperationId; readonly event: AuditEvent },
): readonly FindingCause[] {
  const { person, operation, event } = about;
  const { username, role } = person;
  const eventIds = [event.eventId];
  const causes: FindingCause[] = findings.map((each) => ({ ...each, eventIds }));
  if (denial.rules?.includes('reason-words') && prohibitedClauses.has(denial.clause))
    causes.push({
      kind: 'prohibited-purpose',
      cause: event.eventId,
      username,
      role,
      severity: 'high',
      clause: denial.clause,
      summary: 'Something was asked for with words of a purpose that is prohibited; it was refused.',
      eventIds,
    });
  if (denial.isUndecidable)
    causes.push({
      kind: 'policy-undecidable',
      // A rule that fails fails each time: one finding for a user, operation and day.
      cause: `${operation} ${new Date(event.atMs).toISOString().slice(0, 10)}`,
      username,
      role,
      severity: 'low',
      clause: denial.clause,
      summary: 'The policy could not be evaluated for this user’s request, so it was refused.',
      eventIds,
    });
  return causes;
}
