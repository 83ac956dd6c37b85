/** A shift of the department; times of day `HH:MM` of its own zone. One that ends where it begins lasts a day. */
export interface Shift {
  readonly startsAt: string;
  readonly endsAt: string;
}

const dayMinutes = 24 * 60;
const minuteMs = 60_000;

/**
 * When the running shift ends, by the wall clock of `timeZone`, also over a night on which that clock is set; of
 * several that run, the first to end. `undefined`: no shift runs. Throws `RangeError` for a zone that does not exist.
 */
export function shiftEndMs(shifts: readonly Shift[], timeZone: string, nowMs: number): number | undefined {
  const now = minuteOfDay(timeZone, nowMs);
  const ends = shifts
    .filter((shift) => isRunning(shift, now))
    .map((shift) => nextAt(minutesOf(shift.endsAt), timeZone, nowMs));
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function isRunning({ startsAt, endsAt }: Shift, now: number): boolean {
  const sinceStart = ahead(minutesOf(startsAt), now);
  return sinceStart < (ahead(minutesOf(startsAt), minutesOf(endsAt)) || dayMinutes);
}

/** The next instant at which the wall clock shows that minute. */
function nextAt(minute: number, timeZone: string, nowMs: number): number {
  const wholeMinuteMs = nowMs - (nowMs % minuteMs);
  const guessMs = wholeMinuteMs + (ahead(minuteOfDay(timeZone, nowMs), minute) || dayMinutes) * minuteMs;
  const late = ahead(minute, minuteOfDay(timeZone, guessMs));
  return guessMs - (late > dayMinutes / 2 ? late - dayMinutes : late) * minuteMs;
}

/** Minutes from one time of day to the next time that it is another. */
function ahead(from: number, to: number): number {
  return (to - from + dayMinutes) % dayMinutes;
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function minuteOfDay(timeZone: string, ms: number): number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return minutesOf(clock.format(ms));
}
