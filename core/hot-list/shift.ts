/** A shift of the department; times of day `HH:MM` of its own zone. One that ends where it begins lasts a day. */
export interface Shift {
  readonly startsAt: string;
  readonly endsAt: string;
}

const dayMinutes = 24 * 60;
const minuteMs = 60_000;

/** The minute of the day that the wall clock shows. */
type WallClock = (ms: number) => number;

/**
 * When the running shift ends, by the wall clock of `timeZone`, also over a night on which that clock is set; of
 * several that run, the first to end. `undefined`: no shift runs. Throws `RangeError` for a zone that does not exist.
 */
export function shiftEndMs(shifts: readonly Shift[], timeZone: string, nowMs: number): number | undefined {
  const clock = wallClockOf(timeZone);
  const now = clock(nowMs);
  const ends = shifts
    .filter((shift) => isRunning(shift, now))
    .map((shift) => nextAt(minutesOf(shift.endsAt), clock, nowMs));
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/**
 * When the shift ends that follows the one which runs just before `endsAtMs`. `undefined`: none follows at once, so
 * nobody would be there to answer for what goes on.
 */
export function nextShiftEndMs(
  shifts: readonly Shift[],
  timeZone: string,
  endsAtMs: number,
): number | undefined {
  const shiftEndsAtMs = shiftEndMs(shifts, timeZone, endsAtMs - 1);
  return shiftEndsAtMs === undefined ? undefined : shiftEndMs(shifts, timeZone, shiftEndsAtMs);
}

function isRunning({ startsAt, endsAt }: Shift, now: number): boolean {
  const sinceStart = ahead(minutesOf(startsAt), now);
  return sinceStart < (ahead(minutesOf(startsAt), minutesOf(endsAt)) || dayMinutes);
}

/** The next instant at which the wall clock shows that minute, or jumps over it. */
function nextAt(minute: number, clock: WallClock, nowMs: number): number {
  const wholeMinuteMs = nowMs - (nowMs % minuteMs);
  const guessMs = wholeMinuteMs + (ahead(clock(nowMs), minute) || dayMinutes) * minuteMs;
  const late = ahead(minute, clock(guessMs));
  const atMs = guessMs - (late > dayMinutes / 2 ? late - dayMinutes : late) * minuteMs;
  return clock(atMs) === minute ? atMs : jumpOver(minute, clock, { fromMs: atMs, toMs: guessMs });
}

/** Of a minute that the clock skips: the instant of the jump, between the two. */
function jumpOver(
  minute: number,
  clock: WallClock,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): number {
  let ms = fromMs;
  while (ms < toMs && ahead(minute, clock(ms)) > dayMinutes / 2) ms += minuteMs;
  return ms;
}

/** Minutes from one time of day to the next time that it is another. */
function ahead(from: number, to: number): number {
  return (to - from + dayMinutes) % dayMinutes;
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function wallClockOf(timeZone: string): WallClock {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (ms) => minutesOf(clock.format(ms));
}
