import { isThinlyTold } from '../../access/telling';
import { evidenceOf, type MonthFinding } from '../month-finding';
import { countDistinct, groupedBy, type RuleSetting, type UserMonth } from '../user-month';

const vagueMin = 4;
/** Mostly vague, or vague so often that it is no accident beside other phrases. */
const mostly = { count: 10, share: 0.35 };
const often = { count: 15, share: 0.2 };
const daysMin = 4;
const shareMin = 0.2;

/**
 * Phrases that just pass: no crime, no emergency, two words that could stand for anything (Access-E). Now and then
 * everybody writes one; a finding is who mostly does.
 */
export function vagueReasons(user: UserMonth, { phrases, clock }: RuleSetting): readonly MonthFinding[] {
  const given = new Set(phrases.map((each) => each.toLowerCase()));
  // One matter is one phrase of one day, however many plates it was searched for.
  const matters = groupedBy(user.monthUses, ({ phrase, atMs }) => phrase && `${clock.dayOf(atMs)} ${phrase}`);
  const told = [...matters.values()].flatMap(([first]) => first ?? []);
  const vague = told.filter(
    ({ phrase = '' }) => !given.has(phrase.trim().toLowerCase()) && isThinlyTold(phrase),
  );
  if (vague.length < vagueMin || vague.length < told.length * shareMin) return [];
  const isHabit = [mostly, often].some(
    ({ count, share }) => vague.length >= count && vague.length >= told.length * share,
  );
  const days = countDistinct(vague, ({ atMs }) => clock.dayOf(atMs));
  return [
    {
      kind: 'vague-reasons',
      severity: isHabit && days >= daysMin ? 'medium' : 'low',
      username: user.username,
      role: user.role,
      cause: 'month',
      clause: 'Access-E',
      summary: `${vague.length} of ${told.length} phrases say little of what happened.`,
      ...evidenceOf(vague),
    },
  ];
}
