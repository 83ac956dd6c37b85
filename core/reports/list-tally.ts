import type { AuditEvent } from '../audit/event';

/** What arrived of one outside hot list in a month. */
export interface ListDeliveries {
  /** Deliveries that took effect, that waited for a decision, and that could not be used. */
  readonly switched: number;
  readonly held: number;
  readonly refused: number;
  /** Entries of the last delivery that took effect, and when; absent: none did in the month. */
  readonly entries?: number;
  readonly switchedAtMs?: number;
}

const none: ListDeliveries = { switched: 0, held: 0, refused: 0 };

/** The deliveries of outside hot lists, by list. */
export class ListTally {
  readonly #lists = new Map<string, ListDeliveries>();

  add(event: AuditEvent): void {
    if (event.kind !== 'outside-list-changed') return;
    const { list, change, counts, atMs } = event;
    const before = this.#lists.get(list) ?? none;
    if (change === 'switched') {
      const { entries = 0 } = counts;
      this.#lists.set(list, { ...before, switched: before.switched + 1, entries, switchedAtMs: atMs });
    }
    if (change === 'held' || change === 'refused')
      this.#lists.set(list, { ...before, [change]: before[change] + 1 });
  }

  all(): Readonly<Record<string, ListDeliveries>> {
    return Object.fromEntries(this.#lists);
  }
}
