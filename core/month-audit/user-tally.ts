import type { Actor, AuditEvent } from '../audit/event';
import { add, type Counts } from '../reports/counts';

/** What one user did in a month. Of searches and images how many, never of what. */
export interface UserTally {
  readonly username: string;
  /** As they were at the time of each use; `stranger` for a token that names nobody on record. */
  readonly roles: readonly string[];
  readonly agencies: readonly string[];
  readonly divisions: readonly string[];
  readonly searches: number;
  readonly searchesByPurpose: Counts;
  readonly searchesByReason: Counts;
  readonly readsShown: number;
  readonly imagesFetched: number;
  readonly otherUses: Counts;
  readonly refusals: Counts;
  readonly hotListChanges: Counts;
  readonly alertsSent: number;
  readonly alertsVerified: Counts;
  readonly dispositions: Counts;
}

interface Growing {
  roles: Set<string>;
  agencies: Set<string>;
  divisions: Set<string>;
  searches: number;
  searchesByPurpose: Counts;
  searchesByReason: Counts;
  readsShown: number;
  imagesFetched: number;
  otherUses: Counts;
  refusals: Counts;
  hotListChanges: Counts;
  alertsSent: number;
  alertsVerified: Counts;
  dispositions: Counts;
}

/** The users of a month, of events in any order. Grows with users, not with events. */
export class UserTallies {
  readonly #users = new Map<string, Growing>();

  add(event: AuditEvent): void {
    const user = this.#userOf(event.actor);
    if (user === undefined) return;
    switch (event.kind) {
      case 'requested':
        if (event.operation !== 'search-reads') {
          add(user.otherUses, event.operation);
          break;
        }
        user.searches++;
        add(user.searchesByPurpose, event.purpose?.kind ?? 'unstated');
        add(user.searchesByReason, event.reason?.kind ?? 'unstated');
        break;
      case 'answered':
        if (event.operation === 'search-reads' || event.operation === 'continue-search')
          user.readsShown += event.counts.reads ?? 0;
        break;
      case 'refused':
        add(user.refusals, event.decision.clause ?? 'unnamed');
        break;
      case 'image-fetched':
        user.imagesFetched++;
        break;
      case 'hot-list-changed':
        add(user.hotListChanges, event.change);
        break;
      case 'alert-sent':
        user.alertsSent++;
        break;
      case 'alert-verified':
        add(user.alertsVerified, event.outcome);
        break;
      case 'alert-disposed':
        add(user.dispositions, event.disposition);
        break;
      default:
        break;
    }
  }

  /** By username. */
  all(): readonly UserTally[] {
    return [...this.#users]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([username, { roles, agencies, divisions, ...counts }]) => ({
        username,
        roles: [...roles].sort(),
        agencies: [...agencies].sort(),
        divisions: [...divisions].sort(),
        ...counts,
      }));
  }

  #userOf(actor: Actor): Growing | undefined {
    if (actor.kind === 'system') return undefined;
    const user = this.#users.get(actor.username) ?? newUser();
    this.#users.set(actor.username, user);
    if (actor.kind === 'stranger') {
      user.roles.add('stranger');
      return user;
    }
    user.roles.add(actor.role);
    user.agencies.add(actor.agency);
    user.divisions.add(actor.division);
    return user;
  }
}

function newUser(): Growing {
  return {
    roles: new Set(),
    agencies: new Set(),
    divisions: new Set(),
    searches: 0,
    searchesByPurpose: {},
    searchesByReason: {},
    readsShown: 0,
    imagesFetched: 0,
    otherUses: {},
    refusals: {},
    hotListChanges: {},
    alertsSent: 0,
    alertsVerified: {},
    dispositions: {},
  };
}
