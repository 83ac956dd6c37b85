import { captureDay } from '../../retention/day';
import { evidenceOf, type MonthFinding } from '../month-finding';
import { isBeyondChance, peerRate, type Share } from '../peers';
import type { Use } from '../use';
import { countDistinct, type RuleSetting, reachesMonth, type UserMonth } from '../user-month';

const correctedMs = 30 * 60_000;
const highMin = 10;
/** Of a hundred numbers one is mistyped and not put right; of a thousand three are of other agencies or very old. */
const mistypedFloor = 0.01;
const unlikeFloor = 0.003;

/**
 * Case or dispatch numbers that the Department's systems do not know (Access-E). A slip of a finger is one digit away
 * from a number that stands, and everybody's now and then; a finding is who makes more of them, or more numbers like none
 * that was ever given out, than chance can at the rate of the other users, however many true numbers stand beside them.
 */
export function unknownNumber(user: UserMonth, setting: RuleSetting): readonly MonthFinding[] {
  const { peers } = setting;
  const spans = [user.monthUses, user.recentUses].map((uses) => ({ uses, unknown: unknownOf(user, uses) }));
  const isHabit = ({ uses, unknown }: (typeof spans)[number]) =>
    isBeyondChance(shareOf(uses, mistypedOf(unknown)), peers.mistypedNumbers) ||
    isBeyondChance(shareOf(uses, unlikeOf(unknown)), peers.unlikeNumbers);
  const told = spans.find(isHabit) ?? spans[0];
  if (told === undefined || told.unknown.length === 0 || !reachesMonth(told.unknown, setting)) return [];
  return [
    {
      kind: 'unknown-number',
      severity: !isHabit(told) ? 'low' : told.unknown.length >= highMin ? 'high' : 'medium',
      username: user.username,
      role: user.role,
      cause: 'month',
      clause: 'Access-E',
      summary: `${told.unknown.length} of ${numberedOf(told.uses)} searches with a number name one that no system of the Department knows.`,
      ...evidenceOf(told.unknown),
    },
  ];
}

/** What all users together do, for who does more. */
export function unknownNumberRates(users: readonly UserMonth[]) {
  const each = users.map((user) => ({ uses: user.monthUses, unknown: unknownOf(user, user.monthUses) }));
  const rate = (of: (unknown: readonly Use[]) => number, floor: number) =>
    peerRate(
      each.map(({ uses, unknown }) => shareOf(uses, of(unknown))),
      floor,
    );
  return {
    mistypedNumbers: rate(mistypedOf, mistypedFloor),
    unlikeNumbers: rate(unlikeOf, unlikeFloor),
  };
}

function unknownOf(user: UserMonth, uses: readonly Use[]): readonly Use[] {
  return uses.filter(
    (use) =>
      (use.numberStands === 'unknown' || use.numberStands === 'mistyped') && !isCorrected(user.uses, use),
  );
}

/** One slip that is copied on is one. */
function mistypedOf(unknown: readonly Use[]): number {
  return countDistinct(
    unknown.filter(({ numberStands }) => numberStands === 'mistyped'),
    ({ number }) => number?.text,
  );
}

function unlikeOf(unknown: readonly Use[]): number {
  return countDistinct(
    unknown.filter(({ numberStands }) => numberStands === 'unknown'),
    ({ number, atMs }) => `${captureDay(atMs)} ${number?.text}`,
  );
}

function shareOf(uses: readonly Use[], count: number): Share {
  return { count, of: numberedOf(uses) };
}

function numberedOf(uses: readonly Use[]): number {
  return uses.filter(({ number }) => number !== undefined).length;
}

function isCorrected(uses: readonly Use[], slip: Use): boolean {
  return uses.some(
    (use) =>
      use.numberStands === 'known' &&
      use.plate === slip.plate &&
      Math.abs(use.atMs - slip.atMs) <= correctedMs,
  );
}
