import { dayMs } from '../../retention/day';
import { evidenceOf, type MonthFinding, severityFrom } from '../month-finding';
import { isFiled, type Use } from '../use';
import { groupedBy, type RuleSetting, reachesMonth, type UserMonth } from '../user-month';

const hourMs = 3_600_000;
/** Different plates within an hour; a canvass after a shooting takes in a car park. */
const unfiledPerHour = { low: 20, medium: 31, high: 80 };
const unfiledPerDay = { low: 40, medium: 61, high: 150 };
/** Under one dispatch number: an incident has few vehicles. */
const perCadPerHour = { low: 40, medium: 61, high: 150 };

/** Many different plates at once, without a case that explains them (Storage-A). Bulk work on a case is its twin. */
export function bulkUse(user: UserMonth, setting: RuleSetting): readonly MonthFinding[] {
  const { clock, fromMs } = setting;
  // A night that begins in the month before is looked at whole.
  const uses = user.recentUses.filter(({ atMs }) => atMs >= fromMs - dayMs);
  const unfiled = uses.filter((use) => !isFiled(use));
  const perCad = groupedBy(uses, ({ number }) => (number?.kind === 'cad-number' ? number.text : undefined));
  const sweeps = [
    { found: densest(unfiled, hourMs), steps: unfiledPerHour, within: 'an hour, without a number' },
    { found: densestDay(unfiled, clock), steps: unfiledPerDay, within: 'a day, without a number' },
    ...[...perCad.values()].map((uses) => ({
      found: densest(uses, hourMs),
      steps: perCadPerHour,
      within: 'an hour, under one dispatch number',
    })),
  ];
  const worst = sweeps
    .map(({ found, steps, within }) => ({ found, within, severity: severityFrom(found.plates, steps) }))
    .filter(({ severity }) => severity !== undefined)
    .sort((a, b) => rank(b.severity) - rank(a.severity) || b.found.plates - a.found.plates)[0];
  if (worst?.severity === undefined || !reachesMonth(worst.found.uses, setting)) return [];
  return [
    {
      kind: 'bulk-use',
      severity: worst.severity,
      username: user.username,
      role: user.role,
      cause: 'month',
      clause: 'Storage-A',
      summary: `Searched ${worst.found.plates} different plates within ${worst.within}.`,
      ...evidenceOf(worst.found.uses),
    },
  ];
}

interface Sweep {
  readonly plates: number;
  readonly uses: readonly Use[];
}

/** The window with the most different plates: each use ends one. */
function densest(uses: readonly Use[], withinMs: number): Sweep {
  const counts = new Map<string, number>();
  let from = 0;
  let best = { plates: 0, from: 0, to: 0 };
  uses.forEach((use, at) => {
    counts.set(use.plate ?? '', (counts.get(use.plate ?? '') ?? 0) + 1);
    for (
      let first = uses[from];
      first !== undefined && use.atMs - first.atMs > withinMs;
      first = uses[from]
    ) {
      const left = (counts.get(first.plate ?? '') ?? 0) - 1;
      if (left === 0) counts.delete(first.plate ?? '');
      else counts.set(first.plate ?? '', left);
      from++;
    }
    if (counts.size > best.plates) best = { plates: counts.size, from, to: at + 1 };
  });
  return { plates: best.plates, uses: uses.slice(best.from, best.to) };
}

function densestDay(uses: readonly Use[], clock: RuleSetting['clock']): Sweep {
  let best: Sweep = { plates: 0, uses: [] };
  for (const group of groupedBy(uses, ({ atMs }) => String(clock.dayOf(atMs))).values()) {
    const plates = new Set(group.map(({ plate }) => plate)).size;
    if (plates > best.plates) best = { plates, uses: group };
  }
  return best;
}

function rank(severity: MonthFinding['severity'] | undefined): number {
  return severity === undefined ? 0 : { low: 1, medium: 2, high: 3 }[severity];
}
