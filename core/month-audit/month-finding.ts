import type { Role } from '../access/roles';
import type { monthFindingKinds } from '../contract/findings';

export type MonthFindingKind = (typeof monthFindingKinds)[number];

/** An event in the log: its id, and its time, by which it is found there. */
export interface EventRef {
  readonly eventId: string;
  readonly atMs: number;
}

/** A discrepancy of a month (Acct-A): what a rule noticed, and the events that it rests on. */
export interface MonthFinding {
  readonly kind: MonthFindingKind;
  readonly severity: 'low' | 'medium' | 'high';
  /** Whom it is about, and the role at the last use; absent where it is about the system or a camera. */
  readonly username?: string;
  readonly role?: Role;
  /**
   * Tells findings of one kind and user apart: made of ids and ordinals only, no plate and no place. The same month,
   * kind, user and cause is the same finding, however often the month is audited.
   */
  readonly cause: string;
  readonly clause: string;
  /** In plain words for whoever decides; no plate and no place. */
  readonly summary: string;
  /** The first of them, in order of time. */
  readonly evidence: readonly EventRef[];
  /** How many there are in all. */
  readonly count: number;
}

/** A finding names so many events; the others are counted. */
export const evidenceMax = 50;

/** What a finding rests on, cut to what is listed. */
export function evidenceOf(refs: readonly EventRef[]): Pick<MonthFinding, 'evidence' | 'count'> {
  return {
    evidence: refs.slice(0, evidenceMax).map(({ eventId, atMs }) => ({ eventId, atMs })),
    count: refs.length,
  };
}

/** Severity of a measure that is a finding from `low` on. `undefined`: below. */
export function severityFrom(
  measure: number,
  steps: { readonly low: number; readonly medium: number; readonly high: number },
): MonthFinding['severity'] | undefined {
  if (measure >= steps.high) return 'high';
  if (measure >= steps.medium) return 'medium';
  return measure >= steps.low ? 'low' : undefined;
}
