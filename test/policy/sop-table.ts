import type { Role } from '../../core/access/roles';
import type { OperationId } from '../../core/contract/operations';

/**
 * What the SOP says about who may do what, as data, written from its clauses and not from the rules. The access matrix
 * compares the two: a row here and a rule there that say different things fail it.
 */
export interface Facts {
  readonly role: Role;
  readonly employer: 'department' | 'another';
  readonly agencyKind: 'municipal' | 'county' | 'state' | 'federal' | 'not-listed';
  readonly agencyState: 'inside' | 'outside';
  readonly agreement: 'in-force' | 'ended' | 'none';
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
const queryUsers = [
  'dispatcher',
  'officer',
  'detective',
  'analyst',
  'supervisor',
  'lieutenant',
  'commander',
] as const;
/** Policy-D: the Chief and whom he designates; Acct-A: who audits. No investigations of their own. */
const administration = ['chief', 'chief-designee', 'administrator', 'auditor'] as const;
const officers = ['officer', 'detective', 'supervisor', 'lieutenant', 'commander'] as const;
const investigators = ['officer', 'detective', 'supervisor', 'lieutenant'] as const;
/** Policy-H.d, H.f. */
const approvers = { role: ['lieutenant'], division: ['criminal-investigations', 'street-crimes'] } as const;
const people = [...queryUsers, ...administration, 'records-officer', 'partner-officer'] as const;
/** What the Chief gives and takes (Policy-D). */
const offices = ['chief', 'chief-designee', 'administrator', 'auditor'] as const;
const notTheChief = [
  ...queryUsers,
  'chief-designee',
  'administrator',
  'auditor',
  'records-officer',
  'partner-officer',
  'personnel-feed',
] as const;

const usesOfTheList: readonly Grant[] = [
  { clause: 'Policy-H.b', when: { division: ['criminal-investigations'], role: investigators } },
  { clause: 'Policy-H.b', when: { division: ['task-force'], role: ['detective'] } },
  { clause: 'Access-D.3', when: { role: ['analyst'] } },
  { clause: 'Policy-H.f', when: { role: ['commander'] } },
];
/** Who approves or removes entries has to see them. */
const readersOfTheList: readonly Grant[] = [
  ...usesOfTheList,
  { clause: 'Policy-H.d', when: approvers },
  { clause: 'Policy-H.g', when: { role: ['administrator'] } },
];
const by = (clause: string, ...role: readonly Role[]): readonly Grant[] => [{ clause, when: { role } }];

/** Who may at all; `clause` is named to everybody else. */
export const grants: Readonly<
  Record<OperationId, { readonly clause: string; readonly to: readonly Grant[] }>
> = {
  'search-reads': {
    clause: 'Access-C',
    to: [
      ...by('Access-C', ...queryUsers),
      ...by('Storage-E', 'partner-officer'),
      ...by('Access-E', ...administration),
    ],
  },
  'fetch-image': {
    clause: 'Access-C',
    to: [
      ...by('Policy-G', ...queryUsers),
      ...by('Storage-E', 'partner-officer'),
      ...by('Access-E', ...administration),
    ],
  },
  // Storage-E opens historical data to partners, not live alerts.
  'list-alerts': { clause: 'Access-C', to: by('Access-C', ...queryUsers) },
  'issue-ticket': { clause: 'Access-C', to: by('Access-C', ...queryUsers) },
  'acknowledge-alert': { clause: 'Access-C', to: by('Access-C', ...queryUsers) },
  'verify-alert': { clause: 'Policy-G', to: by('Policy-G', ...queryUsers) },
  'notify-neighbour': { clause: 'Policy-I', to: by('Policy-I', ...queryUsers) },
  'record-disposition': {
    clause: 'Policy-F',
    to: [{ clause: 'Policy-F', when: { role: officers, sworn: ['yes'] } }],
  },

  'request-hot-list-entry': { clause: 'Policy-H.b', to: usesOfTheList },
  'approve-hot-list-entry': { clause: 'Policy-H.d', to: [{ clause: 'Policy-H.d', when: approvers }] },
  'extend-hot-list-entry': { clause: 'Policy-H.f', to: [{ clause: 'Policy-H.f', when: approvers }] },
  'take-over-hot-list-entry': { clause: 'Policy-H.f', to: by('Policy-H.f', 'commander') },
  'remove-hot-list-entry': {
    clause: 'Policy-H.g',
    to: [
      { clause: 'Policy-H.g', when: { author: ['self'] } },
      { clause: 'Policy-H.g', when: approvers },
      ...by('Policy-H.g', 'administrator'),
    ],
  },
  'list-hot-list-entries': { clause: 'Policy-H.a', to: readersOfTheList },
  'preview-hot-list-entry': { clause: 'Policy-H.b', to: readersOfTheList },
  'list-outside-lists': {
    clause: 'Policy-D',
    to: by('Policy-D', 'administrator', 'auditor', 'chief', 'supervisor', 'commander', 'lieutenant'),
  },
  'decide-held-list': { clause: 'Policy-D', to: by('Policy-D', 'administrator') },

  'propose-site': {
    clause: 'Policy-E',
    to: [
      {
        clause: 'Policy-E',
        when: { division: ['ciau'], role: ['analyst', 'officer', 'detective', 'supervisor', 'lieutenant'] },
      },
    ],
  },
  'decide-site': { clause: 'Policy-E', to: by('Policy-E', 'chief', 'chief-designee') },
  'record-installation': { clause: 'Policy-D', to: by('Policy-D', 'administrator') },
  'enrol-camera': { clause: 'Policy-D', to: by('Policy-D', 'administrator') },
  'retire-camera': { clause: 'Policy-D', to: by('Policy-D', 'administrator') },
  'list-sites': {
    clause: 'Policy-E',
    to: [
      // Members of the Department's CIAU, whatever a partner calls its own divisions.
      {
        clause: 'Policy-E',
        when: { division: ['ciau'], role: [...queryUsers, ...administration, 'records-officer'] },
      },
      ...by('Policy-E', ...administration, 'commander'),
    ],
  },
  'list-silent-cameras': {
    clause: 'Policy-D',
    to: by('Policy-E', ...administration, 'commander', 'supervisor'),
  },
  'list-quarantine': { clause: 'Policy-D', to: by('Policy-D', 'administrator', 'auditor') },

  'enrol-person': { clause: 'Access-C', to: by('Policy-D', 'administrator', 'chief') },
  'assign-person': { clause: 'Access-C', to: by('Policy-D', 'administrator', 'chief') },
  'designate-person': { clause: 'Policy-D', to: by('Policy-D', 'chief') },
  'disable-person': { clause: 'Access-C', to: by('Access-C', 'administrator', 'chief') },
  'suspend-person': { clause: 'Acct-C', to: by('Acct-C', 'administrator', 'chief') },
  'reinstate-person': { clause: 'Acct-C', to: by('Acct-C', 'chief') },
  'record-training': { clause: 'Training', to: by('Policy-D', 'administrator', 'chief') },
  'list-people': { clause: 'Access-C', to: by('Policy-D', ...administration) },
  'show-own-standing': { clause: 'Access-C', to: by('Access-C', ...people) },
  'set-duty': { clause: 'Access-G', to: by('Access-G', ...people) },
  'import-personnel': { clause: 'Access-C', to: by('Access-C', 'administrator', 'chief', 'personnel-feed') },

  'register-device': { clause: 'Access-G', to: by('Policy-D', 'administrator', 'chief') },
  'retire-device': { clause: 'Access-G', to: by('Policy-D', 'administrator', 'chief') },
  'list-devices': { clause: 'Access-G', to: by('Policy-D', ...administration) },
  'list-findings': { clause: 'Acct-A', to: by('Acct-A', 'administrator', 'chief', 'auditor') },
  'decide-finding': { clause: 'Acct-C', to: by('Acct-C', 'administrator', 'chief') },
};

const liveAlerts = [
  'list-alerts',
  'issue-ticket',
  'acknowledge-alert',
  'verify-alert',
  'notify-neighbour',
  'record-disposition',
] as const satisfies readonly OperationId[];
const reachingNetworks = ['search-reads', 'fetch-image', ...liveAlerts] as const;
const grantingAccess = [
  'enrol-person',
  'assign-person',
  'designate-person',
] as const satisfies readonly OperationId[];
const suspending = ['suspend-person', 'reinstate-person'] as const satisfies readonly OperationId[];

/** What refuses even those who may. */
export const refusals: readonly Refusal[] = [
  { clause: 'Access-C', says: 'Access ended.', operations: 'all', when: { disabled: ['yes'] } },
  { clause: 'Acct-C', says: 'Access suspended at once.', operations: 'all', when: { suspended: ['yes'] } },
  {
    clause: 'Training',
    says: 'Trained prior to being granted access.',
    operations: 'all',
    when: { trained: ['no'], role: people },
  },
  {
    clause: 'Access-C',
    says: 'Access is granted to the Department’s own people; others come as partners.',
    operations: 'all',
    when: {
      employer: ['another'],
      role: [...queryUsers, ...administration, 'records-officer', 'personnel-feed'],
    },
  },
  {
    clause: 'Access-G',
    says: 'Departmentally issued devices only.',
    operations: 'all',
    when: { device: ['unknown'] },
  },
  {
    clause: 'Access-G',
    says: 'The phone is for sworn officers and members of the CIAU.',
    operations: 'all',
    when: {
      device: ['department-phone'],
      sworn: ['no'],
      division: [
        'patrol',
        'criminal-investigations',
        'street-crimes',
        'task-force',
        'communications',
        'cid-command',
      ],
    },
  },
  {
    clause: 'Access-G',
    says: 'The CIAU is the Department’s.',
    operations: 'all',
    when: { device: ['department-phone'], sworn: ['no'], division: ['ciau'], employer: ['another'] },
  },
  {
    clause: 'Access-C',
    says: 'A person signs in by name; a machine is no person.',
    operations: 'all',
    when: { device: ['machine'], role: people },
  },
  {
    clause: 'Access-C',
    says: 'The personnel system’s identity is used by its machine alone.',
    operations: 'all',
    when: { device: ['department-phone', 'department-console', 'unknown'], role: ['personnel-feed'] },
  },
  {
    clause: 'Access-C',
    says: 'The personnel system feeds who has left and does nothing else.',
    operations: Object.keys(grants).filter((each): each is OperationId => each !== 'import-personnel'),
    when: { role: ['personnel-feed'] },
  },

  { clause: 'Access-G', says: 'No live alerts off duty.', operations: liveAlerts, when: { duty: ['off'] } },

  {
    clause: 'Access-D',
    says: 'No network, no use.',
    operations: reachingNetworks,
    when: { networks: ['none'] },
  },
  {
    clause: 'Access-D.1',
    says: 'Dispatchers: the local networks only.',
    operations: reachingNetworks,
    when: { role: ['dispatcher'], networks: ['agreed', 'not-agreed', 'local-not-agreed'] },
  },
  {
    clause: 'Access-D.2',
    says: 'The Department’s network and those of agencies that agreed.',
    operations: reachingNetworks,
    when: {
      role: [...officers, 'analyst', ...administration],
      networks: ['not-agreed', 'local-not-agreed'],
    },
  },
  {
    clause: 'Access-D.2',
    says: 'Nobody else has a network.',
    operations: reachingNetworks,
    when: {
      role: ['records-officer', 'personnel-feed'],
      networks: ['own', 'local-agreed', 'agreed', 'not-agreed', 'local-not-agreed'],
    },
  },
  {
    clause: 'Storage-F',
    says: 'No electronic sharing with federal agencies.',
    operations: reachingNetworks,
    when: { role: ['partner-officer'], agencyKind: ['federal'] },
  },
  {
    clause: 'Storage-E',
    says: 'Limited to agencies within the state.',
    operations: reachingNetworks,
    when: { role: ['partner-officer'], agencyState: ['outside'] },
  },
  {
    clause: 'Storage-E',
    says: 'At the discretion of the Chief: no agreement, no sharing; the Department’s own people are no partners.',
    operations: reachingNetworks,
    when: { role: ['partner-officer'], agreement: ['ended', 'none'] },
  },
  {
    clause: 'Storage-E',
    says: 'Departmental data only; other agencies’ records are never passed on.',
    operations: reachingNetworks,
    when: {
      role: ['partner-officer'],
      networks: ['local-agreed', 'agreed', 'not-agreed', 'local-not-agreed'],
    },
  },

  {
    clause: 'Access-E',
    says: 'A case number, a CAD run number or a descriptive phrase.',
    operations: ['search-reads', 'request-hot-list-entry'],
    when: { reason: ['none'] },
  },
  {
    clause: 'Access-E',
    says: 'Administrative queries are of those who administer and audit.',
    operations: ['search-reads'],
    when: {
      role: [...queryUsers, 'partner-officer', 'records-officer', 'personnel-feed'],
      purpose: ['administrative'],
    },
  },
  {
    clause: 'Access-E',
    says: 'Only those are excused from a case.',
    operations: ['search-reads'],
    when: {
      role: [...queryUsers, 'partner-officer', 'records-officer', 'personnel-feed'],
      reason: ['administrative'],
    },
  },
  {
    clause: 'Access-C',
    says: 'Who administers and audits does not investigate.',
    operations: ['search-reads'],
    when: { role: administration, purpose: ['permitted', 'exigent'] },
  },
  {
    clause: 'Access-C',
    says: 'Nor with the reason of an investigation.',
    operations: ['search-reads'],
    when: { role: administration, reason: ['case-number', 'cad-number', 'phrase', 'none'] },
  },
  {
    clause: 'Policy-H.c',
    says: 'Reasonable suspicion of a crime, so never administration.',
    operations: ['request-hot-list-entry'],
    when: { purpose: ['administrative'] },
  },
  {
    clause: 'Policy-H.c',
    says: 'Nor with its reason.',
    operations: ['request-hot-list-entry'],
    when: { reason: ['administrative'] },
  },

  {
    clause: 'Policy-H.d',
    says: 'Approved by a lieutenant, who is not its author.',
    operations: ['approve-hot-list-entry'],
    when: { author: ['self', 'none'] },
  },
  {
    clause: 'Policy-H.f',
    says: 'Extended with a lieutenant’s approval, who is not its author.',
    operations: ['extend-hot-list-entry'],
    when: { author: ['self', 'none'] },
  },
  {
    clause: 'Policy-H.f',
    says: 'The oncoming commander takes it over, not who answers for it.',
    operations: ['take-over-hot-list-entry'],
    when: { author: ['self', 'none'] },
  },
  {
    clause: 'Policy-E',
    says: 'Proposed by the CIAU, approved by another.',
    operations: ['decide-site'],
    when: { author: ['self', 'none'] },
  },

  {
    clause: 'Policy-D',
    says: 'Nobody gives himself access, or takes it.',
    operations: [...grantingAccess, 'disable-person', 'record-training'],
    when: { subject: ['self', 'none'] },
  },
  {
    clause: 'Acct-C',
    says: 'Nobody suspends or reinstates himself.',
    operations: suspending,
    when: { subject: ['self', 'none'] },
  },
  {
    clause: 'Policy-D',
    says: 'The Chief designates.',
    operations: grantingAccess,
    when: { role: notTheChief, newRole: [...offices, 'none'] },
  },
  {
    clause: 'Policy-D',
    says: 'And nobody else takes what the Chief gave.',
    operations: [...grantingAccess, 'disable-person'],
    when: { role: notTheChief, subjectRole: [...offices, 'none'] },
  },
  {
    clause: 'Training',
    says: 'Administrators do not record one another’s training; the Chief’s is recorded by one.',
    operations: ['record-training'],
    when: { role: notTheChief, subjectRole: ['administrator', 'chief-designee', 'auditor', 'none'] },
  },
  {
    clause: 'Acct-C',
    says: 'About those offices the Chief decides.',
    operations: ['suspend-person', 'decide-finding'],
    when: { role: notTheChief, subjectRole: [...offices, 'none'] },
  },
  {
    clause: 'Acct-C',
    says: 'Nobody decides a finding about himself.',
    operations: ['decide-finding'],
    when: { subject: ['self', 'none'] },
  },
  {
    clause: 'Policy-D',
    says: 'A feed by hand ends nobody’s access whom its sender could not disable.',
    operations: ['import-personnel'],
    when: { role: ['administrator'], subjectRole: offices },
  },
  {
    clause: 'Policy-D',
    says: 'Nor the sender’s own.',
    operations: ['import-personnel'],
    when: { subject: ['self'] },
  },
];

export interface Expected {
  readonly isAllowed: boolean;
  /** Each may be named: where several clauses refuse, the table does not say which speaks. */
  readonly clauses: readonly string[];
}

/** What the table says of one use. */
export function expectedBySop(operation: OperationId, facts: Facts): Expected {
  const refusing = refusals
    .filter(
      (row) => (row.operations === 'all' || row.operations.includes(operation)) && holds(row.when, facts),
    )
    .map((row) => row.clause);
  if (refusing.length > 0) return { isAllowed: false, clauses: refusing };
  const { clause, to } = grants[operation];
  const isAllowed = to.some((grant) => holds(grant.when, facts));
  return { isAllowed, clauses: isAllowed ? [] : [clause] };
}

function holds(when: When, facts: Facts): boolean {
  return Object.entries(when).every(([fact, counted]) => {
    const value: unknown = Reflect.get(facts, fact);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.some((each) => counted.some((one) => one === each));
  });
}
