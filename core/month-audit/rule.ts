import type { AuditEvent } from '../audit/event';
import type { MonthFinding } from './month-finding';

/** A rule that watches events pass, in order of time, those of the month alone; holds what its bound allows. */
export interface MonthRule {
  add(event: AuditEvent): void;
  finish(): readonly MonthFinding[];
}
