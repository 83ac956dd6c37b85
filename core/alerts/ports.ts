import type { CaptureDay } from '../retention/day';
import type { Alert } from './alert';

export interface AlertQuery {
  readonly sinceMs: number;
  readonly networks: readonly string[];
  readonly limit: number;
}

export interface AlertPage {
  readonly alerts: readonly Alert[];
  /** Rows in scope that do not open or are no alert: altered, moved or damaged. For the audit log. */
  readonly unreadable: number;
}

export interface Alerts {
  /** Alerts of one capture day, raised since a moment, newest first; those of other networks stay sealed. */
  since(day: CaptureDay, query: AlertQuery): Promise<AlertPage>;
}
