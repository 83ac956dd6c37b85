import { evidenceOf, type MonthFinding } from '../month-finding';
import { isFiled, type Use } from '../use';
import { countDistinct, type Refusal, type RuleSetting, reachesMonth, type UserMonth } from '../user-month';

/** Immigration, towing and ordinances; protected classes and lawful events; lawful health care. */
export const prohibitedClauses: ReadonlySet<string> = new Set(['Policy-C', 'Access-A', 'Storage-E']);
/** What is refused whatever else is said, so that no slip of a word explains it. */
const graveSubjects = /immigration|health care/i;
const againMs = 24 * 3_600_000;

const meantMs = 30 * 60_000;

/**
 * Attempts at what no plate may be searched for. A slip of a word, after which the plate is searched under the number of
 * a matter, is low; a grave subject, attempts on several days, or other words for a grave one afterwards are not.
 */
export function prohibitedAttempts(user: UserMonth, setting: RuleSetting): readonly MonthFinding[] {
  const attempts = user.refusals.filter(({ clause }) => prohibitedClauses.has(clause));
  const [first] = attempts;
  if (first === undefined || !reachesMonth(attempts, setting)) return [];
  const grave = attempts.filter(isGrave);
  const rephrased = attempts.filter((attempt) => searchedAfter(user, attempt, againMs).length > 0);
  return [
    {
      kind: 'prohibited-attempts',
      severity: severityOf(user, attempts),
      username: user.username,
      role: user.role,
      cause: 'month',
      clause: (grave[0] ?? first).clause,
      summary: `${attempts.length} attempts at a subject that no plate may be searched for${
        rephrased.length > 0 ? '; the plate was then searched under other words' : ''
      }.`,
      ...evidenceOf(attempts),
    },
  ];
}

function severityOf(user: UserMonth, attempts: readonly Refusal[]): MonthFinding['severity'] {
  const grave = attempts.filter(isGrave);
  if (grave.some((each) => searchedAfter(user, each, againMs).length > 0)) return 'high';
  if (grave.length > 0 || daysOf(attempts) >= 4) return 'medium';
  const unexplained = attempts.filter((each) => !searchedAfter(user, each, meantMs).some(isFiled));
  return daysOf(unexplained) >= 2 ? 'medium' : 'low';
}

function isGrave({ clause, message }: Refusal): boolean {
  return clause === 'Access-A' || graveSubjects.test(message);
}

function searchedAfter({ uses }: UserMonth, { plate, atMs }: Refusal, withinMs: number): readonly Use[] {
  if (plate === undefined) return [];
  return uses.filter((use) => use.plate === plate && use.atMs > atMs && use.atMs - atMs < withinMs);
}

function daysOf(attempts: readonly Refusal[]): number {
  return countDistinct(attempts, ({ atMs }) => Math.floor(atMs / againMs));
}
