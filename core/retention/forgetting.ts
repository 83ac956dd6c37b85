import { hashedUuid } from '../hashed-uuid';
import { type CaptureDay, captureDay, dayMs, dayStartMs, isForgotten } from './day';

/** What the store says of a day's key. `destroyed` waits to be recorded and recycled, `settled` needs nothing more. */
export type DayKeyState =
  | { readonly kind: 'live' }
  | { readonly kind: 'destroyed'; readonly destroyedAtMs: number }
  | { readonly kind: 'settled'; readonly destroyedAtMs: number };

/** How far back a key is looked for: an outage of the forgetting itself may last more than a year. */
const daysBackMax = 400;
const hourMs = 60 * 60 * 1000;

/** The days whose keys must be gone by now, oldest first, back to 400 days. */
export function daysDue(nowMs: number, retentionDays: number): readonly CaptureDay[] {
  return daysBack(nowMs).filter((day) => isForgotten(day, nowMs, retentionDays));
}

/** The days that may still have a key, oldest first, today included. */
export function daysKept(nowMs: number, retentionDays: number): readonly CaptureDay[] {
  return daysBack(nowMs).filter((day) => !isForgotten(day, nowMs, retentionDays));
}

/** Age of the oldest live key since its day began, hours; 0 if there is none. */
export function oldestKeyAgeHours(states: ReadonlyMap<CaptureDay, DayKeyState>, nowMs: number): number {
  const live = [...states].filter(([, state]) => state.kind === 'live').map(([day]) => dayStartMs(day));
  return live.length === 0 ? 0 : (nowMs - Math.min(...live)) / hourMs;
}

/**
 * Id of the event that records a day's destruction: made of the day, so that a run that died after
 * recording it does not record it twice.
 */
export function forgottenEventId(day: CaptureDay): string {
  return hashedUuid(`platekeeper day-forgotten ${day}`);
}

function daysBack(nowMs: number): readonly CaptureDay[] {
  const days: CaptureDay[] = [];
  for (let back = daysBackMax; back >= 0; back--) days.push(captureDay(nowMs - back * dayMs));
  return days;
}
