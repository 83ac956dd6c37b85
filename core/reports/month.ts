import type { Brand } from '../brand';
import { hashedUuid } from '../hashed-uuid';
import { type CaptureDay, captureDay, dayMs } from '../retention/day';

/** A month of the department's calendar, `YYYY-MM`. */
export type ReportMonth = Brand<string, 'ReportMonth'>;

/** When months are reported, by the wall clock of `timeZone`. */
export interface ReportCalendar {
  readonly timeZone: string;
  readonly dayOfMonth: number;
  /** `HH:MM` */
  readonly timeOfDay: string;
}

/** A month as text from outside; `undefined` if it is none from 1970 to 9998. */
export function parseReportMonth(text: string): ReportMonth | undefined {
  if (!/^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])$/.test(text) || text >= '9999') return undefined;
  return text as ReportMonth;
}

/** The month some months later, or earlier for a negative number. */
export function monthsLater(month: ReportMonth, months: number): ReportMonth {
  const { year, monthOfYear } = partsOf(month);
  return new Date(Date.UTC(year, monthOfYear - 1 + months)).toISOString().slice(0, 7) as ReportMonth;
}

/** From the month's first instant to before its last one, by the wall clock of the zone. */
export function monthRange(month: ReportMonth, timeZone: string): { fromMs: number; toMs: number } {
  return { fromMs: startOf(month, timeZone), toMs: startOf(monthsLater(month, 1), timeZone) };
}

/** The capture days (UTC) with the month's dates: reads are counted by them, because they are kept by them. */
export function captureDaysOf(month: ReportMonth): readonly CaptureDay[] {
  const days: CaptureDay[] = [];
  for (let ms = Date.parse(`${month}-01T00:00:00Z`); captureDay(ms).startsWith(month); ms += dayMs)
    days.push(captureDay(ms));
  return days;
}

/** When a month's report is to be made: in the month after it. */
export function reportDueMs(month: ReportMonth, calendar: ReportCalendar): number {
  const { year, monthOfYear } = partsOf(monthsLater(month, 1));
  const [hour = 0, minute = 0] = calendar.timeOfDay.split(':').map(Number);
  return wallClockMs(calendar.timeZone, Date.UTC(year, monthOfYear - 1, calendar.dayOfMonth, hour, minute));
}

/** The newest month whose report is due. */
export function newestDueMonth(nowMs: number, calendar: ReportCalendar): ReportMonth {
  const running = new Date(shownAt(calendar.timeZone, nowMs)).toISOString().slice(0, 7) as ReportMonth;
  const ended = monthsLater(running, -1);
  return reportDueMs(ended, calendar) <= nowMs ? ended : monthsLater(ended, -1);
}

/**
 * Id of the event that records a month's report: made of the month, so that of two runs only one stands, and a later
 * one finds it.
 */
export function reportEventId(month: ReportMonth, version = 1): string {
  return hashedUuid(`platekeeper report-made ${month}${version === 1 ? '' : ` version ${version}`}`);
}

/** Id of the event by which a version after the first was asked for: made of why, so that one may be asked for better. */
export function proposalEventId(
  month: ReportMonth,
  { version, reason }: { readonly version: number; readonly reason: string },
): string {
  return hashedUuid(`platekeeper report-correction ${month} version ${version} proposed ${reason}`);
}

/** Id of the event by which it was agreed to, which happens once. */
export function approvalEventId(month: ReportMonth, version: number): string {
  return hashedUuid(`platekeeper report-correction ${month} version ${version} approved`);
}

/** A month has so many versions at most. */
export const versionsMax = 20;

function partsOf(month: ReportMonth): { year: number; monthOfYear: number } {
  return { year: Number(month.slice(0, 4)), monthOfYear: Number(month.slice(5)) };
}

function startOf(month: ReportMonth, timeZone: string): number {
  return wallClockMs(timeZone, Date.parse(`${month}-01T00:00:00Z`));
}

/** The instant at which the zone's clocks show what UTC shows at `shownMs`; twice, for a clock set in between. */
function wallClockMs(timeZone: string, shownMs: number): number {
  const guessMs = shownMs - (shownAt(timeZone, shownMs) - shownMs);
  return shownMs - (shownAt(timeZone, guessMs) - guessMs);
}

/** What the zone's clocks show, as if it were UTC. */
function shownAt(timeZone: string, ms: number): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const shown = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
