import type { Actor, AuditEvent } from '../audit/event';
import { rejectionReasons } from '../contract/alerts';
import { dispositions } from '../contract/verification';
import { CellTally } from './cells';
import { CrossTally } from './crossed';
import type { Figure } from './suppress';

interface AlertSoFar {
  readonly list: string;
  readonly outcome: string;
  readonly disposition: string;
  readonly verifiedBy?: string;
  readonly disposedBy?: string;
}

const outcomes = ['unverified', 'confirmed', ...rejectionReasons, 'rejected'];

/** The alerts raised in a month, with what became of them in it. Alerts of earlier months were reported then. */
export class AlertTally {
  readonly #alerts = new Map<string, AlertSoFar>();

  add(event: AuditEvent): void {
    switch (event.kind) {
      case 'alert-raised': {
        const list = event.list ?? 'unnamed';
        this.#alerts.set(event.alertId, { list, outcome: 'unverified', disposition: 'none-recorded' });
        break;
      }
      case 'alert-verified': {
        const outcome = event.outcome === 'verified' ? 'confirmed' : (event.rejection ?? 'rejected');
        this.#change(event.alertId, { outcome, verifiedBy: event.actor.username });
        break;
      }
      case 'alert-disposed':
        this.#change(event.alertId, { disposition: event.disposition, disposedBy: event.actor.username });
        break;
      default:
        break;
    }
  }

  /**
   * What came of an alert is bounded by its verification: enforcement needs a verified one (Policy-G). Which list it is
   * of bounds neither. `lists`: those that have a line though nothing came of them.
   */
  figure(lists: readonly string[]): Figure {
    const byOutcome = new CellTally();
    const byDisposition = new CellTally();
    const byList = new CellTally();
    const listByOutcome = new CrossTally('outcome');
    for (const { list, outcome, disposition, verifiedBy, disposedBy } of this.#alerts.values()) {
      byOutcome.add(outcome, verifiedBy);
      byDisposition.add(disposition, disposedBy);
      byList.add(list);
      listByOutcome.add(list, outcome, verifiedBy);
    }
    return {
      // Raised by the system, so no user is behind the total.
      total: { count: this.#alerts.size, users: 0 },
      tables: {
        outcome: byOutcome.table(outcomes),
        disposition: byDisposition.table(['none-recorded', ...dispositions]),
        list: byList.table(lists),
      },
      linked: ['outcome', 'disposition'],
      crossed: { rows: 'list', columns: 'outcome' },
      shares: {
        outcome: byOutcome.shares(),
        disposition: byDisposition.shares(),
        list: byList.shares(),
        ...listByOutcome.shares(),
      },
    };
  }

  #change(alertId: string, change: Partial<AlertSoFar>): void {
    const alert = this.#alerts.get(alertId);
    if (alert !== undefined) this.#alerts.set(alertId, { ...alert, ...change });
  }
}

/** Whoever did it; `undefined`: the system. */
export function usernameOf(actor: Actor): string | undefined {
  return actor.kind === 'system' ? undefined : actor.username;
}
