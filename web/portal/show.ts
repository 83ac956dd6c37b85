import type { Words } from './words/words';

/** A number as readers of the language write it; `null` is withheld. */
export function shownCount({ locale, withheld }: Words, count: number | null): string {
  return count === null ? withheld : count.toLocaleString(locale);
}

/** A share from 0 to 1 in percent; `null` is not known. */
export function shownShare({ locale, unknown }: Words, share: number | null): string {
  return share === null
    ? unknown
    : share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 });
}

/** `YYYY-MM` in words. */
export function shownMonth({ locale }: Words, month: string): string {
  const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(Date.parse(`${month}-01T00:00:00Z`));
}

/** A time to the minute, without its zone, which is UTC. */
export function shownTime(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}

/** Days of so many hours, to a tenth, rounded up: a bound stays a bound. */
export function shownDays({ locale }: Words, hours: number): string {
  const days = Math.ceil(hours / 2.4) / 10;
  return days.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
