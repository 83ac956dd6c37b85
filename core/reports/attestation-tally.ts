import type { AuditEvent } from '../audit/event';
import type { PublicReport } from '../contract/report';
import { attestationDueMs } from '../month-audit/overdue';
import { captureDay, dayMs } from '../retention/day';
import { captureDaysOf, monthsLater, type ReportMonth } from './month';

/** What a month's log says of the audit of an earlier month. */
export interface AuditSteps {
  readonly auditedAtMs?: number;
  readonly attestedAtMs?: number;
}

type Audit = PublicReport['audits'][number];

/** The monthly user audits as they were made and attested, by month; by whom is not kept. */
export class AttestationTally {
  readonly #audits = new Map<string, AuditSteps>();

  add(event: AuditEvent): void {
    if (event.kind === 'month-audited') this.#note(event.month, { auditedAtMs: event.atMs });
    if (event.kind === 'month-attested') this.#note(event.month, { attestedAtMs: event.atMs });
  }

  all(): Readonly<Record<string, AuditSteps>> {
    return Object.fromEntries(this.#audits);
  }

  #note(month: string, step: AuditSteps): void {
    this.#audits.set(month, { ...this.#audits.get(month), ...step });
  }
}

/**
 * How audits stand at the end of a month (Acct-A): of the month before, of each that took a step in it, and of each that
 * the last report told as not attested. So an audit that was never made, or never attested, stays in the reports. Days
 * are those of Universal Time.
 */
export function auditsOf(facts: {
  readonly month: ReportMonth;
  readonly steps: Readonly<Record<string, AuditSteps>>;
  readonly attestWithinDays: number;
  readonly lastReport?: Pick<PublicReport, 'audits'> | undefined;
}): PublicReport['audits'] {
  const { month, steps, attestWithinDays } = facts;
  const before = new Map(facts.lastReport?.audits.map((each) => [each.month, each]));
  const open = [...before.values()].filter(({ attestedOn }) => attestedOn === undefined);
  const months = new Set([
    ...open.map((each) => each.month),
    ...Object.keys(steps),
    monthsLater(month, -1) as string,
  ]);
  const lastDay = captureDaysOf(month).at(-1) ?? '';
  return [...months].sort().map((each) => {
    const { auditedAtMs, attestedAtMs } = steps[each] ?? {};
    const known: Partial<Audit> = before.get(each) ?? {};
    const auditedOn = auditedAtMs === undefined ? known.auditedOn : captureDay(auditedAtMs);
    const dueOn =
      auditedAtMs === undefined
        ? known.dueOn
        : captureDay(attestationDueMs({ auditedAtMs }, attestWithinDays));
    const attestedOn = attestedAtMs === undefined ? known.attestedOn : captureDay(attestedAtMs);
    return {
      month: each,
      ...(auditedOn === undefined ? {} : { auditedOn }),
      ...(dueOn === undefined ? {} : { dueOn }),
      ...(attestedOn === undefined ? {} : { attestedOn }),
      daysLate: dueOn === undefined ? 0 : daysAfter(dueOn, attestedOn ?? lastDay),
    };
  });
}

function daysAfter(due: string, day: string): number {
  return Math.max(0, Math.round((Date.parse(day) - Date.parse(due)) / dayMs));
}
