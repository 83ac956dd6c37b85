import { type CaptureDay, captureDay, isForgotten } from '../../core/retention/day';
import type { DayKey } from '../../core/retention/day-key';
import type { DayKeys } from '../../core/retention/ports';
import { madeDayKey } from '../core/retention/made-day-key';

/** Day keys in memory: every day has one until it is forgotten. */
export function madeDayKeys(now: () => number): DayKeys {
  const keys = new Map<CaptureDay, DayKey>();
  const find = async (day: CaptureDay) => {
    if (isForgotten(day, now(), 30) || day > captureDay(now() + 86_400_000)) return undefined;
    const key = keys.get(day) ?? madeDayKey({ day, fill: Number(day.slice(-2)), now });
    keys.set(day, key);
    return key;
  };
  return { forReading: find, forWriting: find };
}
