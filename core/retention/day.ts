import type { Brand } from '../brand';

/** A UTC day, `YYYY-MM-DD`, on which reads were captured: the unit that is remembered and forgotten. */
export type CaptureDay = Brand<string, 'CaptureDay'>;

export const dayMs = 24 * 60 * 60 * 1000;

/** The longest range that one call may name; far above any retention, so that a wrong range fails at once. */
const rangeDaysMax = 400;

/** The day of an instant. Throws `RangeError` for what is not an instant between the years 1970 and 9999. */
export function captureDay(ms: number): CaptureDay {
  return isoTime(ms).slice(0, 10) as CaptureDay;
}

/** The UTC hour of an instant, `YYYY-MM-DDTHH`. Throws like `captureDay`. */
export function captureHour(ms: number): string {
  return isoTime(ms).slice(0, 13);
}

/** A day as text from outside; `undefined` if it is not a day of the calendar. */
export function parseCaptureDay(text: string): CaptureDay | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  if (!(ms >= 0) || captureDay(ms) !== text) return undefined;
  return text as CaptureDay;
}

/** The first millisecond of the day. */
export function dayStartMs(day: CaptureDay): number {
  return Date.parse(`${day}T00:00:00.000Z`);
}

/**
 * How long before the end of the retention a day is forgotten: `forget-day` runs hourly, so a key that is due may wait
 * an hour for the next run, and that run may come, or be repeated, an hour late.
 */
export const forgettingMarginMs = 2 * 60 * 60 * 1000;

/**
 * When the day is forgotten, cached keys at this instant and the stored key with the next run of `forget-day`: counted
 * from the day's first millisecond and less the margin of that run, so that no read of it outlives the retention
 * (Storage-A).
 */
export function forgottenAtMs(day: CaptureDay, retentionDays: number): number {
  return dayStartMs(day) + retentionDays * dayMs - forgettingMarginMs;
}

export function isForgotten(day: CaptureDay, nowMs: number, retentionDays: number): boolean {
  return nowMs >= forgottenAtMs(day, retentionDays);
}

/** Every day that the range touches, oldest first, both ends included. Throws `RangeError` above 400 days. */
export function daysBetween(fromMs: number, toMs: number): readonly CaptureDay[] {
  const days: CaptureDay[] = [];
  if (toMs < fromMs) return days;
  const firstMs = dayStartMs(captureDay(fromMs));
  if (toMs - firstMs >= rangeDaysMax * dayMs) throw new RangeError(`more than ${rangeDaysMax} days`);
  for (let ms = firstMs; ms <= toMs; ms += dayMs) days.push(captureDay(ms));
  return days;
}

function isoTime(ms: number): string {
  if (!(ms >= 0) || ms > 253402300799999) throw new RangeError('not an instant between 1970 and 9999');
  return new Date(ms).toISOString();
}
