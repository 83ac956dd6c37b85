import { evidenceOf, type MonthFinding } from '../month-finding';
import type { Use } from '../use';
import { countDistinct, groupedBy, type UserMonth } from '../user-month';

const correctedMs = 30 * 60_000;
const mediumMin = 3;
const highMin = 10;
const shareMin = 0.1;

/**
 * Case or dispatch numbers that the Department's systems do not know (Access-E). A slip of a finger, put right soon
 * after for the same plate, is none; nor are a few among very many.
 */
export function unknownNumber(user: UserMonth): readonly MonthFinding[] {
  const unknown = user.monthUses.filter((use) => use.numberStands === 'unknown' && !isCorrected(user, use));
  if (unknown.length === 0) return [];
  const numbered = user.monthUses.filter(({ number }) => number !== undefined);
  const many = countDistinct(unknown, ({ number }) => number?.text) >= mediumMin;
  const again = [...groupedBy(unknown, ({ number }) => number?.text).values()].some(
    (uses) => countDistinct(uses, ({ atMs }) => Math.floor(atMs / 86_400_000)) >= mediumMin,
  );
  const isHabit = (many || again) && unknown.length >= numbered.length * shareMin;
  return [
    {
      kind: 'unknown-number',
      severity: !isHabit ? 'low' : unknown.length >= highMin ? 'high' : 'medium',
      username: user.username,
      role: user.role,
      cause: 'month',
      clause: 'Access-E',
      summary: `${unknown.length} of ${numbered.length} searches with a number name one that no system of the Department knows.`,
      ...evidenceOf(unknown),
    },
  ];
}

function isCorrected({ uses }: UserMonth, slip: Use): boolean {
  return uses.some(
    (use) =>
      use.numberStands === 'known' &&
      use.plate === slip.plate &&
      Math.abs(use.atMs - slip.atMs) <= correctedMs,
  );
}
