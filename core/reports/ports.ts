import type { CaptureDay } from '../retention/day';

/** Counts of the stores; nothing of what is counted leaves them. */
export interface DayCounts {
  /** Reads under a camera's hour. */
  reads(placeKey: Uint8Array): Promise<number>;
  /** What was quarantined in an hour of arrival (`YYYY-MM-DDTHH`), by reason. */
  quarantined(hour: string): Promise<Readonly<Record<string, number>>>;
  /** Alerts on reads of the day, by state. */
  alerts(day: CaptureDay): Promise<Readonly<Record<string, number>>>;
}
