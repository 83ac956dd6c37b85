import type { Configuration } from '../contract/configuration';
import { newestDueMonth, parseReportMonth, type ReportMonth, reportDueMs } from '../reports/month';

/** The month to audit: the one asked for, or the newest that is due; `undefined` for a text that is none, or too soon. */
export function auditableMonth(
  asked: string | undefined,
  { department, reportSchedule }: Configuration,
  nowMs: number,
): ReportMonth | undefined {
  const calendar = { timeZone: department.timeZone, ...reportSchedule };
  if (asked === undefined) return newestDueMonth(nowMs, calendar);
  const month = parseReportMonth(asked);
  return month !== undefined && reportDueMs(month, calendar) <= nowMs ? month : undefined;
}
