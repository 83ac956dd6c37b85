import { evidenceOf, type MonthFinding, severityFrom } from '../month-finding';
import { isFiled, type Use } from '../use';
import { groupedBy, occasionsApart, type RuleSetting, reachesMonth, type UserMonth } from '../user-month';

const hourMs = 3_600_000;
/** Shifts on which one plate was looked for again. */
const shifts = { low: 2, medium: 4, high: 8 };
/** Looks within one shift; a pursuit asks several times in a few hours. */
const looks = { low: 6, medium: 9, high: 25 };
const quarterHourMs = 15 * 60_000;

/**
 * One plate, again and again, by one user without a case (Access-B). Whoever filed most of the searches of that plate
 * only forgot the number at times.
 */
export function repeatedPlate(user: UserMonth, setting: RuleSetting): readonly MonthFinding[] {
  return repeated(user, setting, 'plate');
}

/** The same for a place: cameras or an area. */
export function repeatedPlace(user: UserMonth, setting: RuleSetting): readonly MonthFinding[] {
  return repeated(user, setting, 'place');
}

function repeated(user: UserMonth, setting: RuleSetting, what: 'plate' | 'place'): readonly MonthFinding[] {
  const findings: MonthFinding[] = [];
  for (const uses of groupedBy(user.recentUses, (use) => use[what]).values()) {
    const unfiled = unfiledMost(uses);
    if (unfiled.length < 2 || !reachesMonth(unfiled, setting)) continue;
    const onShifts = occasionsApart(unfiled, 10 * hourMs);
    const severity = worse(
      severityFrom(onShifts, shifts),
      severityFrom(occasionsApart(unfiled, quarterHourMs), looks),
    );
    if (severity === undefined) continue;
    findings.push({
      kind: `repeated-${what}`,
      severity,
      username: user.username,
      role: user.role,
      cause: unfiled[0]?.eventId ?? '',
      clause: 'Access-B',
      summary: `Searched one ${what} ${unfiled.length} times on ${onShifts} shifts without a case.`,
      ...evidenceOf(unfiled),
    });
  }
  return findings;
}

/** Those without a case, unless most of them have one. */
export function unfiledMost(uses: readonly Use[]): readonly Use[] {
  const unfiled = uses.filter((use) => !isFiled(use));
  return unfiled.length * 2 > uses.length ? unfiled : [];
}

const order = ['low', 'medium', 'high'] as const;

/** The worse of two severities. */
export function worse(
  a: MonthFinding['severity'] | undefined,
  b: MonthFinding['severity'] | undefined,
): MonthFinding['severity'] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
