import type { Role } from '../../access/roles';
import type { AuditEvent } from '../../audit/event';
import { type EventRef, evidenceOf, type MonthFinding } from '../month-finding';
import type { MonthRule } from '../rule';

const hourMs = 3_600_000;
/** A commander's entry ends with the shift; any other lives for days. */
const shiftMsMax = 16 * hourMs;
const againMs = 24 * hourMs;
const chainMin = 3;
const entriesMax = 100_000;

interface Entry {
  readonly username: string;
  readonly role: Role;
  readonly since: EventRef;
  readonly endsMs: number;
  readonly isEnded: boolean;
}

/**
 * Commanders' entries that ran out with the shift, neither removed nor taken over (Policy-H.f). One is an oversight;
 * who enters again within a day, time after time, keeps a vehicle listed without a lieutenant's approval.
 */
export class EntryNotHandedOver implements MonthRule {
  readonly #entries = new Map<string, Entry>();

  constructor(readonly toMs: number) {}

  add(event: AuditEvent): void {
    if (event.kind !== 'hot-list-changed') return;
    const { actor, entryId, change, expiresAtMs, atMs, eventId } = event;
    const known = this.#entries.get(entryId);
    if (known !== undefined) {
      const isEnded =
        known.isEnded || change === 'removed' || change === 'taken-over' || change === 'extended';
      this.#entries.set(entryId, { ...known, isEnded });
      return;
    }
    if (actor.kind !== 'person' || actor.role !== 'commander' || change !== 'requested') return;
    if (expiresAtMs === undefined || expiresAtMs - atMs > shiftMsMax || this.#entries.size >= entriesMax)
      return;
    const { username, role } = actor;
    this.#entries.set(entryId, {
      username,
      role,
      since: { eventId, atMs },
      endsMs: expiresAtMs,
      isEnded: false,
    });
  }

  finish(): readonly MonthFinding[] {
    const lapsed = [...this.#entries.values()].filter((each) => !each.isEnded && each.endsMs < this.toMs);
    return [...new Set(lapsed.map(({ username }) => username))].map((username) => {
      const own = lapsed.filter((each) => each.username === username);
      const again = own.filter((entry) =>
        own.some(({ endsMs }) => endsMs <= entry.since.atMs && entry.since.atMs - endsMs <= againMs),
      );
      return {
        kind: 'entry-not-handed-over',
        severity: again.length + 1 >= chainMin ? 'medium' : 'low',
        username,
        role: 'commander',
        cause: 'month',
        clause: 'Policy-H.f',
        summary: `${own.length} entries of a commander ended with the shift and were neither removed nor taken over.`,
        ...evidenceOf(own.map(({ since }) => since)),
      };
    });
  }
}
