import { namesCrime } from '../../access/named-crimes';
import { plainText } from '../../access/plain-text';
import { evidenceOf, type MonthFinding } from '../month-finding';
import type { Use } from '../use';
import { countDistinct, groupedBy, type RuleSetting, type UserMonth } from '../user-month';

/** A phrase that tells one event cannot be true of so many vehicles on so many days. */
const told = { plates: 12, days: 5 };
/** A name of a crime can; suspicious is who writes hardly anything else. */
const named = { plates: 25, days: 10, share: 0.85 };
/** A dispatch number is one incident, looked into on a day or two. */
const dispatched = { plates: 10, days: 4 };
const shortWordsMax = 4;

/** One reason for everything: a text pasted again and again, or a dispatch number that never ends (Access-E). */
export function copiedReasons(user: UserMonth, setting: RuleSetting): readonly MonthFinding[] {
  const { clock } = setting;
  const findings: MonthFinding[] = [];
  const phrases = groupedBy(user.monthUses, ({ phrase }) => phrase && sameText(phrase));
  for (const uses of phrases.values()) {
    const limits = isNameOfCrime(uses[0]?.phrase ?? '', setting) ? named : { ...told, share: 0 };
    if (uses.length < user.monthUses.length * limits.share) continue;
    if (isSpread(uses, limits, clock))
      findings.push(made(user, uses, `The same words were the reason for ${plates(uses)} plates.`));
  }
  const numbers = groupedBy(user.monthUses, ({ number }) =>
    number?.kind === 'cad-number' ? number.text : undefined,
  );
  for (const uses of numbers.values()) {
    if (isSpread(uses, dispatched, clock))
      findings.push(made(user, uses, `One dispatch number was the reason for ${plates(uses)} plates.`));
  }
  return findings;
}

function isSpread(
  uses: readonly Use[],
  limits: { readonly plates: number; readonly days: number },
  clock: RuleSetting['clock'],
): boolean {
  return plates(uses) >= limits.plates && countDistinct(uses, ({ atMs }) => clock.dayOf(atMs)) >= limits.days;
}

function plates(uses: readonly Use[]): number {
  return countDistinct(uses, ({ plate }) => plate);
}

/** Digits change where a text is pasted: "follow up 1", "follow up 2". */
function sameText(phrase: string): string {
  return plainText(phrase)
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}

function isNameOfCrime(phrase: string, { phrases }: RuleSetting): boolean {
  const plain = sameText(phrase);
  if (phrases.some((each) => sameText(each) === plain)) return true;
  return plain.split(' ').length <= shortWordsMax && namesCrime(plainText(phrase));
}

function made(user: UserMonth, uses: readonly Use[], summary: string): MonthFinding {
  return {
    kind: 'copied-reasons',
    severity: 'medium',
    username: user.username,
    role: user.role,
    cause: uses[0]?.eventId ?? '',
    clause: 'Access-E',
    summary,
    ...evidenceOf(uses),
  };
}
