import type { AuditEvent } from '../audit/event';
import { add, type Counts } from '../reports/counts';
import { isSearch } from './use';
import type { WallClock } from './wall-clock';

/** What the audit says of a user beside the counts of uses. */
export interface UserFacts {
  /** Searches by hour of the department's clock, `00` to `23`. */
  readonly searchesByHour: Counts;
  /** Changes of this user's access, by kind; duties are counted too. */
  readonly accountChanges: Counts;
}

/** Grows with users, not with events. */
export class UserFactsTally {
  readonly #users = new Map<string, UserFacts>();

  constructor(readonly clock: WallClock) {}

  add(event: AuditEvent): void {
    if (event.kind === 'person-changed') add(this.#of(event.username).accountChanges, event.change);
    if (event.kind !== 'requested' || !isSearch(event.operation)) return;
    const hour = Math.floor(this.clock.minuteOf(event.atMs) / 60);
    add(this.#of(event.actor.username).searchesByHour, String(hour).padStart(2, '0'));
  }

  of(username: string): UserFacts {
    return this.#users.get(username) ?? { searchesByHour: {}, accountChanges: {} };
  }

  #of(username: string): UserFacts {
    const facts = this.of(username);
    this.#users.set(username, facts);
    return facts;
  }
}
