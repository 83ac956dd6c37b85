import { evidenceOf, type MonthFinding } from '../month-finding';
import { isFiled } from '../use';
import {
  groupedBy,
  type RuleSetting,
  reachesMonth,
  type Sitting,
  sittingsOf,
  type UserMonth,
} from '../user-month';
import { minutesApart } from '../wall-clock';
import { isOnDuty } from './off-duty-use';

const usesMin = 30;
const usualShare = 0.05;
const nearMinutes = 90;
const smallMax = 2;
const mediumMin = 3;
const highMin = 8;

/**
 * Sittings of one or two searches at hours that are not the user's, off duty and without a number: somebody came in to
 * look one thing up. Three of them are no accident.
 */
export function isolatedSession(user: UserMonth, setting: RuleSetting): readonly MonthFinding[] {
  const isolated = sittingsOf(user.recentUses).filter((sitting) => isIsolated(user, sitting, setting));
  const uses = isolated.flatMap((sitting) => sitting.uses);
  if (!reachesMonth(uses, setting)) return [];
  const samePlate = [...groupedBy(uses, ({ plate }) => plate).values()].some(
    (group) => sittingsOf(group).length >= 2,
  );
  return [
    {
      kind: 'isolated-session',
      severity: isolated.length >= highMin ? 'high' : isolated.length >= mediumMin ? 'medium' : 'low',
      username: user.username,
      role: user.role,
      cause: 'month',
      clause: 'Acct-A',
      summary: `${isolated.length} sittings of one or two searches at hours that are not this user's, without a number${samePlate ? ', for one plate again' : ''}.`,
      ...evidenceOf(uses),
    },
  ];
}

function isIsolated(user: UserMonth, sitting: Sitting, { clock }: RuleSetting): boolean {
  if (sitting.uses.length > smallMax || sitting.uses.some(isFiled)) return false;
  if (user.duty.length > 0 && isOnDuty(user, sitting.fromMs)) return false;
  const minute = clock.minuteOf(sitting.fromMs);
  const others = user.uses.filter((use) => !sitting.uses.includes(use));
  if (others.length < usesMin) return false;
  const near = others.filter(({ atMs }) => minutesApart(clock.minuteOf(atMs), minute) <= nearMinutes);
  return near.length < others.length * usualShare;
}
