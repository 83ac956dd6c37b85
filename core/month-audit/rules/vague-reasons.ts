import { isThinlyTold } from '../../access/telling';
import { evidenceOf, type MonthFinding } from '../month-finding';
import { isBeyondChance, peerRate } from '../peers';
import type { Use } from '../use';
import { countDistinct, groupedBy, type RuleSetting, reachesMonth, type UserMonth } from '../user-month';

const vagueMin = 4;
/** Mostly vague, or vague so often that it is no accident beside other phrases. */
const mostly = { count: 10, share: 0.35 };
const often = { count: 15, share: 0.2 };
const daysMin = 4;
const shareMin = 0.2;
/** Everybody writes a thin one of twenty. */
const thinFloor = 0.05;

/**
 * Phrases that just pass: no crime, no emergency, two words that could stand for anything (Access-E). Now and then
 * everybody writes one; a finding is who mostly does, or does it more than chance can at the rate of the other users.
 */
export function vagueReasons(user: UserMonth, setting: RuleSetting): readonly MonthFinding[] {
  const spans = [user.monthUses, user.recentUses].map((uses) => phrasesOf(uses, setting));
  const beyond = spans.find(({ told, vague }) =>
    isBeyondChance({ count: vague.length, of: told.length }, setting.peers.thinPhrases),
  );
  const { told, vague } = beyond ?? spans[0] ?? nothing;
  const isMany = beyond !== undefined || vague.length >= told.length * shareMin;
  if (vague.length < vagueMin || !isMany || !reachesMonth(vague, setting)) return [];
  const isHabit =
    beyond !== undefined ||
    [mostly, often].some(({ count, share }) => vague.length >= count && vague.length >= told.length * share);
  const days = countDistinct(vague, ({ atMs }) => setting.clock.dayOf(atMs));
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

/** What all users together do, for who does more. */
export function thinPhraseRate(users: readonly UserMonth[], setting: PhraseSetting): number {
  const shares = users.map((user) => phrasesOf(user.monthUses, setting));
  return peerRate(
    shares.map(({ told, vague }) => ({ count: vague.length, of: told.length })),
    thinFloor,
  );
}

type PhraseSetting = Pick<RuleSetting, 'phrases' | 'clock'>;

interface Phrases {
  readonly told: readonly Use[];
  readonly vague: readonly Use[];
}

const nothing: Phrases = { told: [], vague: [] };

function phrasesOf(uses: readonly Use[], { phrases, clock }: PhraseSetting): Phrases {
  const given = new Set(phrases.map((each) => each.toLowerCase()));
  // One matter is one phrase of one day, however many plates it was searched for.
  const matters = groupedBy(uses, ({ phrase, atMs }) => phrase && `${clock.dayOf(atMs)} ${phrase}`);
  const told = [...matters.values()].flatMap(([first]) => first ?? []);
  const vague = told.filter(
    ({ phrase = '' }) => !given.has(phrase.trim().toLowerCase()) && isThinlyTold(phrase),
  );
  return { told, vague };
}
