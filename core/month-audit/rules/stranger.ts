import type { AuditEvent } from '../../audit/event';
import { type EventRef, evidenceOf, type MonthFinding, severityFrom } from '../month-finding';
import type { MonthRule } from '../rule';

const attempts = { low: 1, medium: 5, high: 50 };
const namesMax = 1_000;
const refsMax = 1_000;

/** Tokens that name nobody on record were refused: unauthorised access is referred (Acct-D). */
export class Stranger implements MonthRule {
  readonly #refused = new Map<string, EventRef[]>();

  add(event: AuditEvent): void {
    if (event.kind !== 'refused' || event.actor.kind !== 'stranger') return;
    const { username } = event.actor;
    const refs = this.#refused.get(username) ?? [];
    if (refs.length >= refsMax || (refs.length === 0 && this.#refused.size >= namesMax)) return;
    refs.push({ eventId: event.eventId, atMs: event.atMs });
    this.#refused.set(username, refs);
  }

  finish(): readonly MonthFinding[] {
    return [...this.#refused].flatMap(([username, refs]) => {
      const severity = severityFrom(refs.length, attempts);
      if (severity === undefined) return [];
      return [
        {
          kind: 'stranger' as const,
          severity,
          username,
          cause: 'month',
          clause: 'Acct-D',
          summary: `${refs.length} requests of an account without an access record were refused.`,
          ...evidenceOf(refs),
        },
      ];
    });
  }
}
