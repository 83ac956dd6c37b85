import { permittedPurposes } from '../access/purpose';
import { roles } from '../access/roles';
import type { AuditEvent } from '../audit/event';
import { add, type Counts, completed, sumOf } from './counts';
import { type Finding, findingOf, unclosedFinding } from './findings';
import { OpenRequests } from './open-requests';
import type { Figure } from './suppress';
import { UserTallies, type UserTally } from './user-tally';

/** What the log says of a month. The figures divide by what they are named after and share no number. */
export interface MonthLog {
  readonly searches: Figure;
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
}

const findingsMax = 10_000;

/**
 * Counts the events of a month as they pass, in order of time. Grows with users, alerts and findings, not with events.
 * Hand in what came shortly after the month, too: it closes the month's last requests and counts for nothing else.
 */
export class MonthTally {
  readonly #users = new UserTallies();
  readonly #open = new OpenRequests();
  readonly #byPurpose: Counts = {};
  readonly #byRole: Counts = {};
  readonly #byReason: Counts = {};
  readonly #refusals: Counts = {};
  readonly #changes: Counts = {};
  readonly #images: Counts = {};
  readonly #alerts = new Map<string, { outcome: string; disposition: string }>();
  readonly #findings: Finding[] = [];
  readonly #daysForgotten: string[] = [];
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

  finish(): MonthLog {
    const unclosed: Counts = {};
    for (const request of this.#open.left()) {
      add(unclosed, request.operation);
      this.#note(unclosedFinding(request));
    }
    const alerts = [...this.#alerts.values()];
    const outcomes = countsOf(alerts.map(({ outcome }) => outcome));
    const dispositions = countsOf(alerts.map(({ disposition }) => disposition));
    return {
      searches: figure({
        purpose: completed([...permittedPurposes, 'exigent', 'administrative'], this.#byPurpose),
        role: completed(roles, this.#byRole),
        reason: completed(['case-number', 'cad-number', 'phrase', 'administrative'], this.#byReason),
      }),
      refusals: figure({ clause: completed([], this.#refusals) }),
      alerts: figure({
        outcome: completed(['open', 'verified', 'rejected'], outcomes),
        disposition: completed(['none-recorded'], dispositions),
      }),
      hotListChanges: figure({
        change: completed(['requested', 'approved', 'removed', 'expired'], this.#changes),
      }),
      imagesFetched: figure({ image: completed(['plate', 'vehicle'], this.#images) }),
      unclosed: figure({ operation: completed([], unclosed) }),
      users: this.#users.all(),
      findings: this.#findings,
      findingsUnlisted: this.#findingsUnlisted,
      daysForgotten: this.#daysForgotten.sort(),
    };
  }

  #count(event: AuditEvent): void {
    switch (event.kind) {
      case 'requested':
        this.#open.request(event);
        if (event.operation !== 'search-reads') return;
        add(this.#byPurpose, event.purpose?.kind ?? 'unstated');
        add(this.#byRole, event.actor.kind === 'person' ? event.actor.role : 'stranger');
        add(this.#byReason, event.reason?.kind ?? 'unstated');
        break;
      case 'refused':
        add(this.#refusals, event.decision.clause ?? 'unnamed');
        break;
      case 'image-fetched':
        add(this.#images, event.image);
        break;
      case 'hot-list-changed':
        add(this.#changes, event.change);
        break;
      case 'alert-raised':
        this.#alerts.set(event.alertId, { outcome: 'open', disposition: 'none-recorded' });
        break;
      case 'alert-verified':
        this.#change(event.alertId, { outcome: event.outcome });
        break;
      case 'alert-disposed':
        this.#change(event.alertId, { disposition: event.disposition });
        break;
      case 'day-forgotten':
        this.#daysForgotten.push(event.day);
        break;
      default:
        break;
    }
  }

  /** Alerts of earlier months were reported then. */
  #change(alertId: string, change: { readonly outcome?: string; readonly disposition?: string }): void {
    const alert = this.#alerts.get(alertId);
    if (alert !== undefined) Object.assign(alert, change);
  }

  #note(finding: Finding): void {
    if (this.#findings.length < findingsMax) this.#findings.push(finding);
    else this.#findingsUnlisted++;
  }
}

/** Its tables divide the same things, so the first gives the total. */
function figure(tables: Readonly<Record<string, Counts>>): Figure {
  return { total: sumOf(Object.values(tables)[0] ?? {}), tables };
}

function countsOf(keys: readonly string[]): Counts {
  const counts: Counts = {};
  for (const key of keys) add(counts, key);
  return counts;
}
