import { CronExpressionParser } from 'cron-parser';

/** A schedule's expression as EventBridge writes it: `rate(1 hour)`, `cron(0 8 * * ? *)`, `at(2026-03-01T08:00:00)`. */
export interface ScheduleExpression {
  /** The first time after `afterMs`, in milliseconds since the epoch; `undefined` when there is none. */
  next(afterMs: number): number | undefined;
}

export interface ExpressionOptions {
  /** IANA name of the zone that `cron` and `at` are in. */
  readonly timeZone: string;
  /** From when a rate counts: the first time is one interval later. */
  readonly startMs: number;
}

/** Throws on an expression that is wrong, or right and not modelled (`L`, `W`, `#`). */
export function parseScheduleExpression(text: string, options: ExpressionOptions): ScheduleExpression {
  const match = /^(rate|cron|at)\((.*)\)$/.exec(text.trim());
  const inner = match?.[2]?.trim() ?? '';
  switch (match?.[1]) {
    case 'rate':
      return parseRate(inner, options.startMs);
    case 'cron':
      return parseCron(inner, options.timeZone);
    case 'at':
      return parseAt(inner, options.timeZone);
    default:
      throw new Error(`${text} is no schedule expression`);
  }
}

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function parseRate(inner: string, startMs: number): ScheduleExpression {
  const match = /^([1-9]\d*) (minute|hour|day)s?$/.exec(inner);
  const intervalMs = Number(match?.[1]) * (unitMs[match?.[2] ?? ''] ?? Number.NaN);
  if (!Number.isSafeInteger(intervalMs)) throw new Error(`rate(${inner}) is no rate`);
  return {
    next: (afterMs) => {
      const count = Math.floor((afterMs - startMs) / intervalMs) + 1;
      return startMs + Math.max(1, count) * intervalMs;
    },
  };
}

/** A cron expression that matches no day for this many years never will. */
const yearsMax = 8;

function parseCron(inner: string, timeZone: string): ScheduleExpression {
  const fields = inner.split(/\s+/);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || !minute || !hour || !dayOfMonth || !month || !dayOfWeek || !year) {
    throw new Error(`cron(${inner}) must have six fields`);
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new Error(`cron(${inner}) must have ? as day of month or as day of week, and not as both`);
  }
  if (/[LW#]/.test(dayOfMonth) || /(^|,)L|[0-7]L|#/.test(dayOfWeek)) {
    throw new Error(`cron(${inner}): the local scheduler does not model L, W and #`);
  }
  const days = dayOfMonth === '?' ? '*' : dayOfMonth;
  const weekdays = dayOfWeek === '?' ? '*' : sundayIsZero(dayOfWeek);
  const expression = `0 ${minute} ${hour} ${days} ${month} ${weekdays}`;
  // Parsed once here, so that a wrong field is told when the template is read.
  CronExpressionParser.parse(expression, { tz: timeZone });
  const isIn = parseYears(year);
  const yearOf = (ms: number) =>
    Number(new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(new Date(ms)));
  return {
    next: (afterMs) => {
      const times = CronExpressionParser.parse(expression, { tz: timeZone, currentDate: new Date(afterMs) });
      const lastYear = yearOf(afterMs) + yearsMax;
      for (;;) {
        const ms = times.next().getTime();
        if (isIn(yearOf(ms))) return ms;
        if (yearOf(ms) > lastYear) return undefined;
      }
    },
  };
}

/** EventBridge counts weekdays from 1 for Sunday, cron from 0; a step without an end goes to Saturday. */
function sundayIsZero(dayOfWeek: string): string {
  return dayOfWeek
    .split(',')
    .map((part) => {
      const [days = '', step] = part.split('/');
      const shifted = days.replace(/[1-7]/g, (day) => String(Number(day) - 1));
      if (step === undefined) return shifted;
      return /^[0-6]$/.test(shifted) ? `${shifted}-6/${step}` : `${shifted}/${step}`;
    })
    .join(',');
}

function parseYears(field: string): (year: number) => boolean {
  if (field === '*') return () => true;
  const ranges = field.split(',').map((part) => {
    const match = /^(\d{4})(?:-(\d{4}))?$/.exec(part);
    if (match === null) throw new Error(`the local scheduler does not model the years ${field}`);
    return { first: Number(match[1]), last: Number(match[2] ?? match[1]) };
  });
  return (year) => ranges.some(({ first, last }) => year >= first && year <= last);
}

function parseAt(inner: string, timeZone: string): ScheduleExpression {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(inner);
  const asUtcMs = match === null ? Number.NaN : Date.parse(`${inner}Z`);
  if (match === null || Number.isNaN(asUtcMs)) throw new Error(`at(${inner}) is no time`);
  const [, , month, day, hour, minute, second] = match.map(Number);
  const dayMs = 86_400_000;
  // The wall clock of a zone is less than a day from UTC's: the first match after a day before is the moment meant.
  const atMs = CronExpressionParser.parse(`${second} ${minute} ${hour} ${day} ${month} *`, {
    tz: timeZone,
    currentDate: new Date(asUtcMs - dayMs),
  })
    .next()
    .getTime();
  return { next: (afterMs) => (atMs > afterMs ? atMs : undefined) };
}
