import type { Role } from '../access/roles';
import type { FindingKind, findingOutcomes } from '../contract/findings';
import { hashedUuid } from '../hashed-uuid';
import type { ReportMonth } from '../reports/month';

export type FindingSeverity = 'low' | 'medium' | 'high';
export type FindingOutcome = (typeof findingOutcomes)[number];

/** What a finding rests on, as whoever noticed it tells it. */
export interface FindingCause {
  readonly kind: FindingKind;
  /**
   * What made it, in words of its own: the pair of sessions, the id of the refused event. The same kind, username and
   * cause is the same finding, however often it is raised. Ids only, no plate, no place, no token.
   */
  readonly cause: string;
  /** Whom it is about, and the role at that moment; absent where it is about no user, but a camera or the log. */
  readonly username?: string;
  readonly role?: Role;
  readonly severity: FindingSeverity;
  /** The SOP clause that it bears on. */
  readonly clause: string;
  /** In plain words for whoever decides; no plate and no place. */
  readonly summary: string;
  /** Ids of the audit events it rests on. */
  readonly eventIds: readonly string[];
  /** Their times, in the same order, by which they are found in the log; of a finding of the monthly audit. */
  readonly eventTimesMs?: readonly number[];
  /** The audited month, of a finding of the monthly audit. */
  readonly month?: ReportMonth;
}

/** An audit discrepancy about one user, open until somebody decided on it. */
export interface Finding extends Omit<FindingCause, 'cause'> {
  readonly findingId: string;
  readonly raisedAtMs: number;
  /** Absent: open. */
  readonly decision?: {
    readonly outcome: FindingOutcome;
    readonly words: string;
    readonly by: string;
    readonly atMs: number;
  };
}

/** One id for one cause, so that raising it twice is once. */
export function findingIdOf({ kind, username = ' nobody', cause, month }: FindingCause): string {
  const scope = month === undefined ? '' : ` ${month}`;
  return hashedUuid(`platekeeper finding ${kind} ${username} ${cause}${scope}`);
}

/** The finding that a cause makes at a moment: open. */
export function openFinding(cause: FindingCause, nowMs: number): Finding {
  const { cause: _, eventIds, ...facts } = cause;
  return {
    findingId: findingIdOf(cause),
    ...facts,
    eventIds: [...eventIds],
    raisedAtMs: nowMs,
  };
}
