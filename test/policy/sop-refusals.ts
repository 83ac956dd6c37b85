import type { OperationId } from '../../core/contract/operations';
import {
  administration,
  notTheChief,
  officers,
  offices,
  people,
  queryUsers,
  type Refusal,
} from './sop-facts';
import { grants } from './sop-grants';

const liveAlerts = [
  'list-alerts',
  'issue-ticket',
  'acknowledge-alert',
  'verify-alert',
  'notify-neighbour',
  'record-disposition',
] as const satisfies readonly OperationId[];
const searching = ['search-reads', 'continue-search'] as const satisfies readonly OperationId[];
const reachingNetworks = [...searching, 'fetch-image', 'take-evidence', ...liveAlerts] as const;
const grantingAccess = [
  'enrol-person',
  'assign-person',
  'designate-person',
] as const satisfies readonly OperationId[];
const suspending = ['suspend-person', 'reinstate-person'] as const satisfies readonly OperationId[];

const agreeing = ['propose-agreement', 'approve-agreement'] as const satisfies readonly OperationId[];

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
    says: 'No electronic sharing with federal agencies, absent exigent circumstances.',
    operations: reachingNetworks,
    when: { role: ['partner-officer'], agencyKind: ['federal'], exigentGrant: ['no'] },
  },
  {
    clause: 'Storage-E',
    says: 'Limited to agencies within the state.',
    operations: reachingNetworks,
    when: { role: ['partner-officer'], agencyState: ['outside'], exigentGrant: ['no'] },
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
    operations: [...searching, 'request-hot-list-entry'],
    when: { reason: ['none'] },
  },
  {
    clause: 'Access-E',
    says: 'Administrative queries are of those who administer and audit.',
    operations: searching,
    when: {
      role: [...queryUsers, 'partner-officer', 'records-officer', 'personnel-feed'],
      purpose: ['administrative'],
    },
  },
  {
    clause: 'Access-E',
    says: 'Only those are excused from a case.',
    operations: searching,
    when: {
      role: [...queryUsers, 'partner-officer', 'records-officer', 'personnel-feed'],
      reason: ['administrative'],
    },
  },
  {
    clause: 'Access-C',
    says: 'Who administers and audits does not investigate.',
    operations: searching,
    when: { role: administration, purpose: ['permitted', 'exigent'] },
  },
  {
    clause: 'Access-C',
    says: 'Nor with the reason of an investigation.',
    operations: searching,
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
    operations: ['suspend-person', 'decide-finding', 'request-incident-package', 'show-incident-package'],
    when: { role: notTheChief, subjectRole: [...offices, 'none'] },
  },
  {
    clause: 'Acct-A',
    says: 'Nobody takes out of the log what he did.',
    operations: ['order-redaction', 'decide-redaction'],
    when: { subject: ['self', 'none'] },
  },
  {
    clause: 'Acct-A',
    says: 'Nor decides on his own order.',
    operations: ['decide-redaction'],
    when: { author: ['self', 'none'] },
  },
  {
    clause: 'Acct-C',
    says: 'Nobody decides a finding about himself, or has its package.',
    operations: ['decide-finding', 'request-incident-package', 'show-incident-package'],
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

  {
    clause: 'Storage-B',
    says: 'Records are downloaded for an investigation: under its case number.',
    operations: ['take-evidence'],
    when: { reason: ['cad-number', 'phrase', 'administrative', 'none'] },
  },
  {
    clause: 'Storage-B',
    says: 'Administration is no investigation.',
    operations: ['take-evidence'],
    when: { purpose: ['administrative'] },
  },
  {
    clause: 'Access-F',
    says: 'Approved by somebody other than who asks.',
    operations: ['decide-release'],
    when: { author: ['self', 'none'] },
  },
  {
    clause: 'Storage-D',
    says: 'Proposed by one, confirmed by another.',
    operations: ['confirm-agency'],
    when: { author: ['self', 'none'] },
  },
  {
    clause: 'Storage-E',
    says: 'The Chief’s discretion over what somebody else proposes.',
    operations: ['approve-agreement'],
    when: { author: ['self', 'none'] },
  },
  {
    clause: 'Storage-F',
    says: 'The same of an exigent grant.',
    operations: ['approve-exigent-grant'],
    when: { author: ['self', 'none'] },
  },
  {
    clause: 'Storage-F',
    says: 'Federal agencies hold no standing agreement.',
    operations: agreeing,
    when: { partyKind: ['federal'] },
  },
  {
    clause: 'Storage-E',
    says: 'State and local agencies within the state.',
    operations: agreeing,
    when: { partyState: ['outside', 'none'] },
  },
  {
    clause: 'Storage-E',
    says: 'Exigent circumstances open the way to federal agencies; others share by agreement.',
    operations: ['propose-exigent-grant', 'approve-exigent-grant'],
    when: { partyKind: ['state-or-local', 'none'] },
  },
  {
    clause: 'Storage-C',
    says: 'Referred to CID command or CIAU in absence of exigent circumstances.',
    operations: ['receive-external-request', 'answer-external-request', 'decline-external-request'],
    when: {
      division: ['patrol', 'criminal-investigations', 'street-crimes', 'task-force', 'communications'],
      exigency: ['no'],
    },
  },
  {
    clause: 'Storage-E',
    says: '625 ILCS 5/2-130: an out-of-state agency declares in writing.',
    operations: ['receive-external-request', 'answer-external-request'],
    when: { partyState: ['outside'], declared: ['no'] },
  },
  {
    clause: 'Storage-E',
    says: 'And nobody is answered who is not known.',
    operations: ['receive-external-request', 'answer-external-request'],
    when: { partyState: ['none'] },
  },
];
