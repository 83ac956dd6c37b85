import type { Role } from '../../core/access/roles';
import type { OperationId } from '../../core/contract/operations';

/** What a decision may hang on, in the words of the SOP's clauses. */
export interface Facts {
  readonly role: Role;
  readonly employer: 'department' | 'another';
  readonly agencyKind: 'municipal' | 'county' | 'state' | 'federal' | 'not-listed';
  readonly agencyState: 'inside' | 'outside';
  readonly agreement: 'in-force' | 'ended' | 'none';
  /** Of a federal agency: access in an exigency, at this moment. */
  readonly exigentGrant: 'yes' | 'no';
  readonly division: string;
  readonly sworn: 'yes' | 'no';
  readonly trained: 'yes' | 'no';
  readonly suspended: 'yes' | 'no';
  readonly disabled: 'yes' | 'no';
  readonly duty: 'on' | 'off';
  readonly device: 'department-phone' | 'department-console' | 'machine' | 'unknown';
  readonly purpose: 'permitted' | 'exigent' | 'administrative' | 'none';
  readonly reason: 'case-number' | 'cad-number' | 'phrase' | 'administrative' | 'none';
  /** Each network that the use touches. `local`: of the two cities. */
  readonly networks: readonly (
    | 'none'
    | 'own'
    | 'local-agreed'
    | 'agreed'
    | 'not-agreed'
    | 'local-not-agreed'
  )[];
  readonly author: 'self' | 'another' | 'none';
  readonly subject: 'self' | 'another' | 'none';
  readonly subjectRole: Role | 'none';
  readonly newRole: Role | 'none';
  /** The agency with which something is shared, or which asks. */
  readonly partyKind: 'state-or-local' | 'federal' | 'none';
  readonly partyState: 'inside' | 'outside' | 'none';
  readonly exigency: 'yes' | 'no';
  readonly declared: 'yes' | 'no';
}

/** Facts and the values of each that count; of several networks one is enough. */
export type When = {
  readonly [Fact in keyof Facts]?: readonly (Facts[Fact] extends readonly (infer One)[]
    ? One
    : Facts[Fact])[];
};

export interface Grant {
  readonly clause: string;
  readonly when: When;
}

export interface Refusal {
  readonly clause: string;
  readonly says: string;
  readonly operations: readonly OperationId[] | 'all';
  readonly when: When;
}

/** Access-C: "supervisors, officers, dispatchers, and criminal analysts"; lieutenants and commanders supervise. */
export const queryUsers = [
  'dispatcher',
  'officer',
  'detective',
  'analyst',
  'supervisor',
  'lieutenant',
  'commander',
] as const;
/** Policy-D: the Chief and whom he designates; Acct-A: who audits. No investigations of their own. */
export const administration = ['chief', 'chief-designee', 'administrator', 'auditor'] as const;
export const officers = ['officer', 'detective', 'supervisor', 'lieutenant', 'commander'] as const;
export const investigators = ['officer', 'detective', 'supervisor', 'lieutenant'] as const;
/** Policy-H.d, H.f. */
export const approvers = {
  role: ['lieutenant'],
  division: ['criminal-investigations', 'street-crimes'],
} as const;
export const people = [...queryUsers, ...administration, 'records-officer', 'partner-officer'] as const;
/** What the Chief gives and takes (Policy-D). */
export const offices = ['chief', 'chief-designee', 'administrator', 'auditor'] as const;
export const notTheChief = [
  ...queryUsers,
  'chief-designee',
  'administrator',
  'auditor',
  'records-officer',
  'partner-officer',
  'personnel-feed',
] as const;
