import { dayMs } from '../retention/day';

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** The department's clock, asked a million times a month: the zone's offset is looked up once for each hour. */
export class WallClock {
  readonly #offsets = new Map<number, number>();
  readonly #format: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  }

  /** Days since 1970 by the wall clock. */
  dayOf(ms: number): number {
    return Math.floor(this.#shown(ms) / dayMs);
  }

  /** 0 to 1439. */
  minuteOf(ms: number): number {
    return Math.floor((((this.#shown(ms) % dayMs) + dayMs) % dayMs) / minuteMs);
  }

  #shown(ms: number): number {
    const hour = Math.floor(ms / hourMs);
    let offset = this.#offsets.get(hour);
    if (offset === undefined) {
      offset = offsetMs(this.#format, hour * hourMs);
      this.#offsets.set(hour, offset);
    }
    return ms + offset;
  }
}

function offsetMs(format: Intl.DateTimeFormat, ms: number): number {
  const text = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * hourMs + Number(minutes) * minuteMs);
}

/** Minutes between two times of day, around midnight too: 0 to 720. */
export function minutesApart(a: number, b: number): number {
  const apart = Math.abs(a - b);
  return Math.min(apart, 1440 - apart);
}
