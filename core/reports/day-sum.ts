import type { Enrolment } from '../cameras/ports';
import { hashedUuid } from '../hashed-uuid';
import { type CaptureDay, captureDay, dayMs, dayStartMs, isForgotten } from '../retention/day';

/** How long after its end a day is summed: reads of its last minutes have arrived by then. */
const settlingMs = 130 * 60_000;

/** What is counted of a capture day: how much, never what. */
export interface DaySum {
  readonly day: CaptureDay;
  /** Reads stored, by network and camera. */
  readonly reads: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What arrived that day and was quarantined, by reason. */
  readonly quarantined: Readonly<Record<string, number>>;
  /** Alerts on reads of that day, by their state when they were counted. */
  readonly alerts: Readonly<Record<string, number>>;
}

/** From when on a day is summed, 02:10 UTC of the next; also the time of the event that says so. */
export function sumDueMs(day: CaptureDay): number {
  return dayStartMs(day) + dayMs + settlingMs;
}

/**
 * Id of the event that holds a day's sum. Id and time are made of the day, so that a day is summed once, and whoever
 * needs the sum finds it by its key.
 */
export function sumEventId(day: CaptureDay): string {
  return hashedUuid(`platekeeper day-summed ${day}`);
}

/**
 * The days that must have their sum by now, oldest first, because they are forgotten first: the newest that is due, and
 * earlier ones that can still be counted and saw a camera.
 */
export function daysToSum(
  nowMs: number,
  facts: { readonly retentionDays: number; readonly enrolments: readonly Enrolment[] },
): readonly CaptureDay[] {
  const newest = captureDay(nowMs - dayMs - settlingMs);
  const firstMs = Math.min(...facts.enrolments.map((each) => each.enrolledAtMs));
  const days: CaptureDay[] = [];
  for (let back = facts.retentionDays; back >= 0; back--) {
    const day = captureDay(dayStartMs(newest) - back * dayMs);
    if (isForgotten(day, nowMs, facts.retentionDays)) continue;
    if (day === newest || dayStartMs(day) + dayMs > firstMs) days.push(day);
  }
  return days;
}

/** Cameras that can have sent a read of that day: a retired one sends nothing from then on. */
export function camerasOfDay(enrolments: readonly Enrolment[], day: CaptureDay): readonly Enrolment[] {
  return enrolments.filter(({ retiredAtMs }) => retiredAtMs === undefined || retiredAtMs >= dayStartMs(day));
}
