import { evidenceOf, type MonthFinding, severityFrom } from '../month-finding';
import { isFiled } from '../use';
import { type RuleSetting, reachesMonth, sittingsOf, type UserMonth } from '../user-month';
import { minutesApart, type WallClock } from '../wall-clock';

const minuteMs = 60_000;
/** Reports are written after the shift, and the console is opened before it. */
const beforeMs = 60 * minuteMs;
const afterMs = 150 * minuteMs;
/** Fewer duties than these show no habit. */
const dutiesMin = 3;
const steps = { low: 0.5, medium: 3, high: 7 };
const usualShare = 0.1;
const aroundMs = 10 * 86_400_000;
const weights = { usual: 0.4, never: 1.25 };

/**
 * Searches while not on duty (Access-G, Acct-A), of users who say when they are. A sitting in which anything was filed
 * under a number is work, of somebody who was called out or forgot to begin duty. One at hours that are never the
 * user's counts more than one in which the user works on other days and may have forgotten to begin duty.
 */
export function offDutyUse(user: UserMonth, setting: RuleSetting): readonly MonthFinding[] {
  if (user.duty.length < dutiesMin) return [];
  const sittings = sittingsOf(user.recentUses).filter(
    (sitting) => !sitting.uses.some(isFiled) && !sitting.uses.some(({ atMs }) => isOnDuty(user, atMs)),
  );
  const measure = sittings.reduce(
    (sum, { fromMs }) => sum + (isUsualHour(user, fromMs, setting.clock) ? weights.usual : weights.never),
    0,
  );
  const uses = sittings.flatMap((sitting) => sitting.uses);
  const severity = severityFrom(measure, steps);
  if (severity === undefined || !reachesMonth(uses, setting)) return [];
  return [
    {
      kind: 'off-duty-use',
      severity,
      username: user.username,
      role: user.role,
      cause: 'month',
      clause: 'Access-G',
      summary: `Searched in ${sittings.length} sittings while not on duty, none of it under a number.`,
      ...evidenceOf(uses),
    },
  ];
}

export function isOnDuty({ duty }: UserMonth, atMs: number): boolean {
  return duty.some(({ fromMs, toMs }) => atMs >= fromMs - beforeMs && atMs <= toMs + afterMs);
}

/** Whether a tenth of the user's duties of those days cover that time of day; who rotates works at other hours by and by. */
function isUsualHour({ duty }: UserMonth, atMs: number, clock: WallClock): boolean {
  const minute = clock.minuteOf(atMs);
  const around = duty.filter(({ fromMs }) => Math.abs(fromMs - atMs) <= aroundMs);
  const habit = around.length >= dutiesMin ? around : duty;
  const covering = habit.filter(({ fromMs, toMs }) => {
    const middle = clock.minuteOf((fromMs + toMs) / 2);
    return minutesApart(minute, middle) <= (toMs - fromMs) / 2 / minuteMs + 60;
  });
  return covering.length >= habit.length * usualShare;
}
