import type { AuditEvent } from '../audit/event';
import type { UnreadableEvent } from '../audit/unreadable-event';
import type { CaseNumbers } from '../cases/ports';
import type { Configuration } from '../contract/configuration';
import { dayMs } from '../retention/day';
import type { EventRef, MonthFinding } from './month-finding';
import type { AuditedPerson } from './person';
import { bulkUse } from './rules/bulk-use';
import { ClockDrift } from './rules/clock-drift';
import { copiedReasons } from './rules/copied-reasons';
import { EntryNotHandedOver } from './rules/entry-not-handed-over';
import { exigentUse } from './rules/exigent-use';
import { isolatedSession } from './rules/isolated-session';
import { offDutyUse } from './rules/off-duty-use';
import { plateOverWeeks } from './rules/plate-over-weeks';
import { prohibitedAttempts } from './rules/prohibited-attempts';
import { repeatedPlace, repeatedPlate } from './rules/repeated-plate';
import { SharedAccountSigns } from './rules/shared-account-signs';
import { SharingChange } from './rules/sharing-change';
import { SilentCamera } from './rules/silent-camera';
import { Stranger } from './rules/stranger';
import { trainingLapsed } from './rules/training-lapsed';
import { Unclosed } from './rules/unclosed';
import { unknownNumber, unknownNumberRates } from './rules/unknown-number';
import { thinPhraseRate, vagueReasons } from './rules/vague-reasons';
import type { RuleSetting, UserMonth } from './user-month';
import { recentMs, UserMonths } from './user-months';
import { WallClock } from './wall-clock';

export interface MonthAuditSetting {
  readonly fromMs: number;
  readonly toMs: number;
  readonly configuration: Configuration;
  readonly cases: CaseNumbers;
  readonly people: readonly AuditedPerson[];
}

/** The weeks before the month show habits, and what goes on over its border. */
export const lookBackMs = 28 * dayMs;
const hourMs = 3_600_000;

const rulesOnUsers: readonly ((user: UserMonth, setting: RuleSetting) => readonly MonthFinding[])[] = [
  repeatedPlate,
  repeatedPlace,
  plateOverWeeks,
  offDutyUse,
  isolatedSession,
  bulkUse,
  vagueReasons,
  copiedReasons,
  prohibitedAttempts,
  unknownNumber,
  exigentUse,
];

/**
 * The findings of a month (Acct-A). Hand in its events in order of time, from `lookBackMs` before it, so that habits are
 * known, to an hour after it, so that its last requests are closed. What is held grows with users and searches, each
 * bounded; events of other kinds pass.
 */
export class MonthAudit {
  readonly #users: UserMonths;
  readonly #unclosed: Unclosed;
  readonly #rules;
  readonly #unreadable: EventRef[] = [];
  #unreadableCount = 0;

  constructor(readonly setting: MonthAuditSetting) {
    const { fromMs, toMs, cases, configuration } = setting;
    const dutyMsMax = configuration.access.dutyHoursMax * hourMs;
    this.#users = new UserMonths({ fromMs, cases, dutyMsMax });
    this.#unclosed = new Unclosed({ fromMs, toMs });
    this.#rules = [
      new SharedAccountSigns(),
      new EntryNotHandedOver(toMs),
      new SilentCamera(),
      new ClockDrift(),
      new Stranger(),
      new SharingChange(),
    ];
  }

  add(event: AuditEvent): void {
    const { fromMs, toMs } = this.setting;
    if (event.atMs >= fromMs - recentMs) this.#unclosed.add(event);
    if (event.atMs >= toMs) return;
    this.#users.add(event);
    if (event.atMs >= fromMs) for (const rule of this.#rules) rule.add(event);
  }

  /** A row that is no event any more: only its key says anything. */
  addUnreadable({ atMs, eventId = '' }: UnreadableEvent): void {
    if (atMs < this.setting.fromMs || atMs >= this.setting.toMs) return;
    this.#unreadableCount++;
    if (this.#unreadable.length < 50) this.#unreadable.push({ atMs, eventId });
  }

  /** Searches that no rule on a user saw, because there were too many. */
  get usesUnkept(): number {
    return this.#users.usesUnkept;
  }

  /** The gravest first: of each kind on one user at most five, 2,000 in all. */
  findings(): readonly MonthFinding[] {
    const { fromMs, toMs, configuration, people } = this.setting;
    const clock = new WallClock(configuration.department.timeZone);
    const { phrases } = configuration.reasons;
    const users = this.#users.all();
    const peers = {
      ...unknownNumberRates(users),
      thinPhrases: thinPhraseRate(users, { phrases, clock }),
    };
    const rule = { fromMs, toMs, clock, phrases, peers };
    const byName = new Map(users.map((user) => [user.username, user]));
    const found = [
      ...users.flatMap((user) => rulesOnUsers.flatMap((each) => each(user, rule))),
      ...people.flatMap((person) => trainingLapsed(person, byName.get(person.username), toMs)),
      ...this.#unclosed.finish(),
      ...this.#rules.flatMap((each) => each.finish()),
      ...this.#altered(),
    ];
    return bounded(found.sort((a, b) => rank[b.severity] - rank[a.severity]));
  }

  #altered(): readonly MonthFinding[] {
    if (this.#unreadableCount === 0) return [];
    return [
      {
        kind: 'unreadable-event',
        severity: 'high',
        cause: 'month',
        clause: 'Acct-A',
        summary: `${this.#unreadableCount} rows of the log are no events any more: altered or damaged.`,
        evidence: this.#unreadable,
        count: this.#unreadableCount,
      },
    ];
  }
}

const rank = { low: 0, medium: 1, high: 2 } as const;

/** The gravest of each kind on one user or camera say what is amiss; nobody works through more. */
const perUserAndKindMax = 5;
const findingsMax = 2_000;

function bounded(findings: readonly MonthFinding[]): readonly MonthFinding[] {
  const counts = new Map<string, number>();
  return findings
    .filter(({ kind, username = '' }) => {
      const key = `${kind} ${username}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count <= (username === '' ? findingsMax : perUserAndKindMax);
    })
    .slice(0, findingsMax);
}
