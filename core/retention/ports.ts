import type { CaptureDay } from './day';
import type { DayKey } from './day-key';

/**
 * The keys of the capture days. A day's key is made once, by whoever writes first, and is gone for good once the day
 * is forgotten; a forgotten day never gets another.
 */
export interface DayKeys {
  /** The key to seal with; made if the day has none. `undefined`: the day is already forgotten or too old. */
  forWriting(day: CaptureDay): Promise<DayKey | undefined>;
  /** The key to open with. `undefined`: the day holds nothing, or nothing any more. */
  forReading(day: CaptureDay): Promise<DayKey | undefined>;
}
