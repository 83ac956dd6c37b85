import { dayMs } from '../../retention/day';
import { evidenceOf, type MonthFinding, severityFrom } from '../month-finding';
import { isFiled, type Use } from '../use';
import {
  countDistinct,
  groupedBy,
  occasionsApart,
  type RuleSetting,
  reachesMonth,
  type UserMonth,
} from '../user-month';
import { unfiledMost } from './repeated-plate';

/** Occasions of a week each. */
const weeks = { low: 2, medium: 3, high: 5 };
const spreadMin = 4;

/**
 * The same plate by one user over weeks, the weeks before the month among them: without a case, or each time under
 * another number, none of which is the matter (Access-B). Months of work on one case are its innocent twin.
 */
export function plateOverWeeks(user: UserMonth, setting: RuleSetting): readonly MonthFinding[] {
  const findings: MonthFinding[] = [];
  for (const uses of groupedBy(user.uses, ({ plate }) => plate).values()) {
    const unfiled = unfiledMost(uses);
    const scattered = scatteredNumbers(uses);
    const unruly = unfiled.length > 0 ? unfiled : scattered;
    if (!reachesMonth(unruly, setting)) continue;
    const overWeeks = occasionsApart(unruly, 6 * dayMs);
    const severity = severityFrom(overWeeks, weeks);
    if (severity === undefined) continue;
    findings.push({
      kind: 'plate-over-weeks',
      severity,
      username: user.username,
      role: user.role,
      cause: unruly[0]?.eventId ?? '',
      clause: 'Access-B',
      summary:
        unruly === scattered
          ? `Searched one plate over ${overWeeks} weeks, under ${countDistinct(unruly, ({ number }) => number?.text)} different numbers.`
          : `Searched one plate over ${overWeeks} weeks without a case.`,
      ...evidenceOf(unruly),
    });
  }
  return findings;
}

/** Searches of one plate of which each number covers a small part; a case covers most of its own. */
function scatteredNumbers(uses: readonly Use[]): readonly Use[] {
  const filed = uses.filter(isFiled);
  const perNumber = groupedBy(filed, ({ number }) => number?.text);
  if (perNumber.size < spreadMin) return [];
  const largest = Math.max(...[...perNumber.values()].map(({ length }) => length));
  return largest * 3 <= filed.length + 1 ? filed : [];
}
