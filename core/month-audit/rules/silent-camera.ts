import type { AuditEvent } from '../../audit/event';
import { type EventRef, evidenceOf, type MonthFinding, severityFrom } from '../month-finding';
import type { MonthRule } from '../rule';

const silentDays = { low: 1, medium: 3, high: 10 };

/**
 * Cameras and cars without a single read on a whole day that was counted (Policy-E). A camera that is new, or was taken
 * out, is not in that day's sum.
 */
export class SilentCamera implements MonthRule {
  readonly #silent = new Map<string, EventRef[]>();

  add(event: AuditEvent): void {
    if (event.kind !== 'day-summed') return;
    for (const cameras of Object.values(event.reads))
      for (const [cameraId, reads] of Object.entries(cameras))
        if (reads === 0) this.#silent.set(cameraId, [...(this.#silent.get(cameraId) ?? []), event]);
  }

  finish(): readonly MonthFinding[] {
    return [...this.#silent].flatMap(([cameraId, sums]) => {
      const severity = severityFrom(sums.length, silentDays);
      if (severity === undefined) return [];
      return [
        {
          kind: 'silent-camera' as const,
          severity,
          cause: cameraId,
          clause: 'Policy-E',
          summary: `Camera ${cameraId} was silent on ${sums.length} whole days.`,
          ...evidenceOf(sums),
        },
      ];
    });
  }
}
