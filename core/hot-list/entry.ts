import type { Purpose } from '../access/purpose';
import type { Reason } from '../access/reason';
import type { Plate } from '../plate/plate';
import type { Caution, Concern } from './listed-vehicle';

export const entryStatuses = ['requested', 'approved', 'removed', 'expired'] as const;

/** One vehicle on the department's custom hot list (Policy-H). Confidential: only those who use the list see it. */
export interface Entry {
  readonly entryId: string;
  /** Complete (Policy-H.e). */
  readonly plate: Plate;
  readonly state?: string;
  readonly status: (typeof entryStatuses)[number];
  readonly purpose: Purpose;
  readonly reason: Reason;
  readonly suspicion: string;
  readonly concern: Concern;
  /** Make, model and other descriptors that an officer compares (Policy-G). */
  readonly description?: string;
  readonly instructions?: string;
  readonly cautions: readonly Caution[];
  /** Usernames told beside the officers on duty. */
  readonly notify: readonly string[];
  readonly jurisdiction: string;
  readonly jointCase?: string;
  readonly requestedBy: string;
  readonly requestedAtMs: number;
  /** Who answers for it: its author, or the commander who took it over last (Policy-H.f). */
  readonly responsible: string;
  /** A commander's: it needs no prior approval, ends with the shift, and is handed over instead of extended. */
  readonly isShiftBound: boolean;
  readonly approvedBy?: string;
  readonly approvedAtMs?: number;
  readonly extensions: readonly Extension[];
  readonly handovers: readonly Handover[];
  readonly removedBy?: string;
  readonly removedAtMs?: number;
  readonly expiresAtMs: number;
  /** Raised by each change; a change is stored only on the revision it was decided on. */
  readonly revision: number;
}

/** One more stretch, approved by a lieutenant (Policy-H.f). */
export interface Extension {
  readonly untilMs: number;
  readonly suspicion: string;
  readonly approvedBy: string;
  readonly approvedAtMs: number;
}

/** The responsibility moved to the oncoming commander (Policy-H.f). */
export interface Handover {
  readonly from: string;
  readonly to: string;
  readonly atMs: number;
}

/** Matches reads at this moment: approved, and not over, whatever the store still says (Policy-H.f). */
export function isActive(entry: Entry, nowMs: number): boolean {
  return entry.status === 'approved' && nowMs < entry.expiresAtMs;
}

/** The status as of now: an entry whose time is over reads `expired` before anybody has written it. */
export function statusAt(entry: Entry, nowMs: number): Entry['status'] {
  const isOpen = entry.status === 'requested' || entry.status === 'approved';
  return isOpen && nowMs >= entry.expiresAtMs ? 'expired' : entry.status;
}
