import type { AuditEvent } from '../../audit/event';
import { type EventRef, evidenceOf, type MonthFinding, severityFrom } from '../month-finding';
import type { MonthRule } from '../rule';

const aheadReads = { low: 1, medium: 20, high: 500 };

/** Reads that came with a time ahead of ours: a clock runs wrong, and what it stamps would live too long (Storage-A). */
export class ClockDrift implements MonthRule {
  readonly #sums: EventRef[] = [];
  #ahead = 0;

  add(event: AuditEvent): void {
    if (event.kind !== 'day-summed') return;
    const ahead = event.quarantined['captured-in-future'] ?? 0;
    if (ahead === 0) return;
    this.#ahead += ahead;
    this.#sums.push(event);
  }

  finish(): readonly MonthFinding[] {
    const severity = severityFrom(this.#ahead, aheadReads);
    if (severity === undefined) return [];
    return [
      {
        kind: 'clock-drift',
        severity,
        cause: 'month',
        clause: 'Storage-A',
        summary: `${this.#ahead} reads on ${this.#sums.length} days came with a time ahead of ours; the quarantine names their cameras.`,
        ...evidenceOf(this.#sums),
      },
    ];
  }
}
