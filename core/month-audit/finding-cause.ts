import type { FindingCause } from '../findings/finding';
import type { ReportMonth } from '../reports/month';
import type { MonthFinding } from './month-finding';

/** What a finding of a month's audit raises, for the administrator to work through. */
export function findingCause(finding: MonthFinding, month: ReportMonth): FindingCause {
  const { kind, severity, username, role, cause, clause, summary, evidence } = finding;
  return {
    kind,
    cause,
    severity,
    clause,
    summary,
    month,
    ...(username === undefined ? {} : { username }),
    ...(role === undefined ? {} : { role }),
    eventIds: evidence.map(({ eventId }) => eventId),
    eventTimesMs: evidence.map(({ atMs }) => atMs),
  };
}
