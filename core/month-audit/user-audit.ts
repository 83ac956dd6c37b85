import type { AuditEvent } from '../audit/event';
import type { UnreadableEvent } from '../audit/unreadable-event';
import type { ReportMonth } from '../reports/month';
import { MonthAudit, type MonthAuditSetting } from './month-audit';
import type { EventRef, MonthFinding } from './month-finding';
import type { AuditedPerson } from './person';
import { type UserFacts, UserFactsTally } from './user-facts';
import { UserTallies, type UserTally } from './user-tally';
import { WallClock } from './wall-clock';

/** Raised when a field changes its meaning; see docs/formats/month-audit.md. */
export const userAuditFormat = 1;

/** What one user did, and how the access stood when the month was audited. */
export type AuditedUser = UserTally & UserFacts & { readonly access?: Omit<AuditedPerson, 'username'> };

/** The monthly user audit (Acct-A): for the administrator, the Chief and the auditor alone. */
export interface UserAudit {
  readonly format: typeof userAuditFormat;
  readonly audience: 'administrator';
  readonly month: ReportMonth;
  readonly department: string;
  readonly timeZone: string;
  /** The events that it rests on: the first and last of the month, and how many were looked at in all. */
  readonly range: { readonly first?: EventRef; readonly last?: EventRef; readonly events: number };
  /** Whether case and dispatch numbers could be asked for, and of when that list is. */
  readonly cases:
    | { readonly kind: 'not-configured' }
    | { readonly kind: 'delivered'; readonly deliveredAt: string; readonly count: number };
  readonly users: readonly AuditedUser[];
  readonly findings: readonly MonthFinding[];
  /** Searches beyond what the rules on users hold; 0 in any month that people can make. */
  readonly usesUnkept: number;
}

/** Counts and judges a month as its events pass; hand them in as to `MonthAudit`. */
export class UserAuditTally {
  readonly #audit: MonthAudit;
  readonly #users = new UserTallies();
  readonly #facts: UserFactsTally;
  #first: EventRef | undefined;
  #last: EventRef | undefined;
  #events = 0;

  constructor(readonly setting: MonthAuditSetting) {
    this.#audit = new MonthAudit(setting);
    this.#facts = new UserFactsTally(new WallClock(setting.configuration.department.timeZone));
  }

  add(event: AuditEvent): void {
    this.#audit.add(event);
    this.#events++;
    const { atMs, eventId } = event;
    if (atMs < this.setting.fromMs || atMs >= this.setting.toMs) return;
    this.#first ??= { eventId, atMs };
    this.#last = { eventId, atMs };
    this.#users.add(event);
    this.#facts.add(event);
  }

  addUnreadable(row: UnreadableEvent): void {
    this.#audit.addUnreadable(row);
  }

  finish(month: ReportMonth): UserAudit {
    const { configuration, cases, people } = this.setting;
    const { name: department, timeZone } = configuration.department;
    return {
      format: userAuditFormat,
      audience: 'administrator',
      month,
      department,
      timeZone,
      range: {
        ...(this.#first === undefined ? {} : { first: this.#first }),
        ...(this.#last === undefined ? {} : { last: this.#last }),
        events: this.#events,
      },
      cases:
        cases.kind === 'not-configured'
          ? cases
          : {
              kind: 'delivered',
              deliveredAt: new Date(cases.deliveredAtMs).toISOString(),
              count: cases.count,
            },
      users: this.#usersWith(people),
      findings: this.#audit.findings(),
      usesUnkept: this.#audit.usesUnkept,
    };
  }

  #usersWith(people: readonly AuditedPerson[]): readonly AuditedUser[] {
    const access = new Map(people.map(({ username, ...rest }) => [username, rest]));
    return this.#users.all().map((tally) => {
      const own = access.get(tally.username);
      return { ...tally, ...this.#facts.of(tally.username), ...(own === undefined ? {} : { access: own }) };
    });
  }
}
