import type { Role } from '../access/roles';
import type { FindingKind, findingOutcomes } from '../contract/findings';
import { hashedUuid } from '../hashed-uuid';

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
  /** Whom it is about, and the role at that moment. */
  readonly username: string;
  readonly role: Role;
  readonly severity: FindingSeverity;
  /** The SOP clause that it bears on. */
  readonly clause: string;
  /** In plain words for whoever decides; no plate and no place. */
  readonly summary: string;
  /** Ids of the audit events it rests on. */
  readonly eventIds: readonly string[];
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
export function findingIdOf({ kind, username, cause }: FindingCause): string {
  return hashedUuid(`platekeeper finding ${kind} ${username} ${cause}`);
}

/** The finding that a cause makes at a moment: open. */
export function openFinding(cause: FindingCause, nowMs: number): Finding {
  const { kind, username, role, severity, clause, summary, eventIds } = cause;
  return {
    findingId: findingIdOf(cause),
    kind,
    username,
    role,
    severity,
    clause,
    summary,
    eventIds: [...eventIds],
    raisedAtMs: nowMs,
  };
}
