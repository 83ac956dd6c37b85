import type { OperationId } from '../contract/operations';
import type { Person } from '../people/person';
import type { Purpose } from './purpose';
import type { Reason } from './reason';

/** One use that somebody wants to make. Absent fields are facts that the operation does not have. */
export interface AccessRequest {
  readonly person: Person;
  readonly operation: OperationId;
  /** Networks whose data the use touches. */
  readonly networks?: readonly string[];
  readonly purpose?: Purpose;
  readonly reason?: Reason;
  /** Who made the thing acted on, for example the author of a hot-list entry. */
  readonly author?: string;
  readonly nowMs: number;
}

export interface Permit {
  readonly kind: 'permit';
  /** Ids of the rules that allowed it. */
  readonly rules: readonly string[];
  readonly policyVersion: string;
}

export interface Denial {
  readonly kind: 'deny';
  /** The SOP clause that refuses. */
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
  readonly rules: readonly string[];
  readonly policyVersion: string;
}

export type Decision = Permit | Denial;

/** Decides one use. Whatever is not a proven yes is a denial; it never throws. */
export type DecideAccess = (request: AccessRequest) => Decision;
