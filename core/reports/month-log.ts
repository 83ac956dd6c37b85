import { permittedPurposes } from '../access/purpose';
import { roles } from '../access/roles';
import type { Actor, AuditEvent } from '../audit/event';
import { dispositions } from '../contract/verification';
import { CellTally } from './cells';
import {
  type Finding,
  findingOf,
  type UnreadableEvent,
  unclosedFinding,
  unreadableFinding,
} from './findings';
import { OpenRequests, type Requested } from './open-requests';
import type { Figure } from './suppress';
import { UserTallies, type UserTally } from './user-tally';

/** What the log says of a month. The figures divide by what they are named after and share no number. */
export interface MonthLog {
  /** Investigative ones. */
  readonly searches: Figure;
  /**
   * By themselves: purpose, reason and role of an administrative search follow from each other, so that a table of all
   * searches by one of them would tell what is withheld of another.
   */
  readonly administrativeSearches: Figure;
  readonly refusals: Figure;
  readonly alerts: Figure;
  readonly hotListChanges: Figure;
  readonly imagesFetched: Figure;
  /** Uses without a recorded answer. */
  readonly unclosed: Figure;
  readonly users: readonly UserTally[];
  readonly findings: readonly Finding[];
  /** Findings beyond the 10,000 that are listed; their events are in the log. */
  readonly findingsUnlisted: number;
  readonly daysForgotten: readonly string[];
  /** When it was looked whether anything is older than the limit: how often, and the age of the oldest read. */
  readonly retentionProofs: {
    readonly count: number;
    readonly withFaults: number;
    readonly oldestReadHours: number;
  };
}

interface AlertSoFar {
  readonly outcome: string;
  readonly disposition: string;
  readonly verifiedBy?: string;
  readonly disposedBy?: string;
}

/** Whose searches are administrative, and nothing else (`policy/rules/search.cedar`). */
const administrativeRoles: readonly string[] = ['chief', 'chief-designee', 'administrator', 'auditor'];
/** A machine, which searches nothing. */
const machineRole = 'personnel-feed';
const findingsMax = 10_000;

/**
 * Counts the events of a month as they pass, in order of time. Grows with users, alerts and findings, not with events.
 * Hand in what came shortly after the month, too: it closes the month's last requests and counts for nothing else.
 */
export class MonthTally {
  readonly #users = new UserTallies();
  readonly #open = new OpenRequests();
  readonly #byPurpose = new CellTally();
  readonly #byRole = new CellTally();
  readonly #byReason = new CellTally();
  readonly #administrative = new CellTally();
  readonly #refusals = new CellTally();
  readonly #changes = new CellTally();
  readonly #images = new CellTally();
  readonly #alerts = new Map<string, AlertSoFar>();
  readonly #findings: Finding[] = [];
  readonly #daysForgotten: string[] = [];
  #retentionProofs = { count: 0, withFaults: 0, oldestReadHours: 0 };
  #findingsUnlisted = 0;

  constructor(readonly toMs: number) {}

  add(event: AuditEvent): void {
    if (event.kind === 'answered') this.#open.answer(event);
    if (event.atMs >= this.toMs) return;
    this.#users.add(event);
    const finding = findingOf(event);
    if (finding !== undefined) this.#note(finding);
    this.#count(event);
  }

  /** A row that is no event: its like is counted nowhere else. */
  addUnreadable(row: UnreadableEvent): void {
    if (row.atMs < this.toMs) this.#note(unreadableFinding(row));
  }

  finish(): MonthLog {
    const unclosed = new CellTally();
    for (const request of this.#open.left()) {
      unclosed.add(request.operation, request.actor.username);
      this.#note(unclosedFinding(request));
    }
    const purposes = [...permittedPurposes, 'exigent'];
    const investigating = roles.filter((role) => role !== machineRole && !administrativeRoles.includes(role));
    return {
      searches: figure(this.#byRole, {
        purpose: this.#byPurpose.table(purposes),
        role: this.#byRole.table(investigating),
        reason: this.#byReason.table(['case-number', 'cad-number', 'phrase']),
      }),
      administrativeSearches: figure(this.#administrative, {
        role: this.#administrative.table(administrativeRoles),
      }),
      refusals: figure(this.#refusals, { clause: this.#refusals.table([]) }),
      alerts: alertsFigure([...this.#alerts.values()]),
      hotListChanges: figure(this.#changes, {
        change: this.#changes.table(['requested', 'approved', 'removed', 'expired']),
      }),
      imagesFetched: figure(this.#images, { image: this.#images.table(['plate', 'vehicle']) }),
      unclosed: figure(unclosed, { operation: unclosed.table([]) }),
      users: this.#users.all(),
      findings: this.#findings,
      findingsUnlisted: this.#findingsUnlisted,
      daysForgotten: this.#daysForgotten.sort(),
      retentionProofs: this.#retentionProofs,
    };
  }

  #count(event: AuditEvent): void {
    switch (event.kind) {
      case 'requested':
        this.#open.request(event);
        if (event.operation !== 'search-reads') return;
        this.#countSearch(event);
        break;
      case 'refused':
        this.#refusals.add(event.decision.clause ?? 'unnamed', event.actor.username);
        break;
      case 'image-fetched':
        this.#images.add(event.image, event.actor.username);
        break;
      case 'hot-list-changed':
        this.#changes.add(event.change, usernameOf(event.actor));
        break;
      case 'alert-raised':
        this.#alerts.set(event.alertId, { outcome: 'open', disposition: 'none-recorded' });
        break;
      case 'alert-verified':
        this.#change(event.alertId, { outcome: event.outcome, verifiedBy: event.actor.username });
        break;
      case 'alert-disposed':
        this.#change(event.alertId, { disposition: event.disposition, disposedBy: event.actor.username });
        break;
      case 'day-forgotten':
        this.#daysForgotten.push(event.day);
        break;
      case 'retention-proven': {
        const { count, withFaults, oldestReadHours } = this.#retentionProofs;
        this.#retentionProofs = {
          count: count + 1,
          withFaults: withFaults + (event.faults.length > 0 ? 1 : 0),
          oldestReadHours: Math.max(oldestReadHours, event.oldestReadHours),
        };
        break;
      }
      default:
        break;
    }
  }

  #countSearch({ actor, purpose, reason }: Requested): void {
    const role = actor.kind === 'person' ? actor.role : 'stranger';
    if (purpose?.kind === 'administrative') {
      this.#administrative.add(role, actor.username);
      return;
    }
    this.#byPurpose.add(purpose?.kind ?? 'unstated', actor.username);
    this.#byRole.add(role, actor.username);
    this.#byReason.add(reason?.kind ?? 'unstated', actor.username);
  }

  /** Alerts of earlier months were reported then. */
  #change(alertId: string, change: Partial<AlertSoFar>): void {
    const alert = this.#alerts.get(alertId);
    if (alert !== undefined) Object.assign(alert, change);
  }

  #note(finding: Finding): void {
    if (this.#findings.length < findingsMax) this.#findings.push(finding);
    else this.#findingsUnlisted++;
  }
}

/** Its tables divide the same things. */
function figure(tally: CellTally, tables: Figure['tables']): Figure {
  return { total: tally.total(), tables };
}

/** What came of an alert is bounded by its verification: enforcement needs a verified one (Policy-G). */
function alertsFigure(alerts: readonly AlertSoFar[]): Figure {
  const outcomes = new CellTally();
  const recorded = new CellTally();
  for (const { outcome, disposition, verifiedBy, disposedBy } of alerts) {
    outcomes.add(outcome, verifiedBy);
    recorded.add(disposition, disposedBy);
  }
  return {
    // Raised by the system, so no user is behind the total.
    total: { count: alerts.length, users: 0 },
    tables: {
      outcome: outcomes.table(['open', 'verified', 'rejected']),
      disposition: recorded.table(['none-recorded', ...dispositions]),
    },
    isLinked: true,
  };
}

function usernameOf(actor: Actor): string | undefined {
  return actor.kind === 'system' ? undefined : actor.username;
}
