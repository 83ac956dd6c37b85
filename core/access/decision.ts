import type { agencyKinds } from '../contract/configuration-parts';
import type { OperationId } from '../contract/operations';
import type { Principal } from '../people/person';
import type { Purpose } from './purpose';
import type { Reason } from './reason';
import type { Role } from './roles';

type AgencyKind = (typeof agencyKinds)[number];

/** One use that somebody wants to make. Absent fields are facts that the operation does not have. */
export interface AccessRequest {
  readonly person: Principal;
  readonly operation: OperationId;
  /** Networks whose data the use touches. */
  readonly networks?: readonly string[];
  readonly purpose?: Purpose;
  readonly reason?: Reason;
  /** Who made the thing acted on, for example the author of a hot-list entry. */
  readonly author?: string;
  /** Agencies whose people or data the use touches. */
  readonly agencies?: readonly string[];
  /** Of a hot-list entry: whose crime it is (Policy-H.h). */
  readonly jurisdiction?: string;
  /** Whom the use is about, as the record stands at this moment: a change of a person, a finding. */
  readonly subject?: { readonly username: string; readonly role: Role };
  /** The role that the use would give somebody. */
  readonly newRole?: Role;
  /** The agency with which something is shared, or which asks: its registered or stated kind and state. */
  readonly party?: {
    readonly kind: AgencyKind;
    readonly state: string;
    /** An exigency is recorded with it. */
    readonly exigency: boolean;
    /** Its written declaration on health care and immigration is on file (Storage-E). */
    readonly declared: boolean;
  };
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
  /** The rules could not be evaluated: a fact was missing or of the wrong kind. Counted and alarmed. */
  readonly isUndecidable?: true;
}

export type Decision = Permit | Denial;

/** Decides one use. Whatever is not a proven yes is a denial; it never throws. */
export type DecideAccess = (request: AccessRequest) => Decision;
