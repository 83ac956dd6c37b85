import type { Role } from '../../core/access/roles';
import type { OperationId } from '../../core/contract/operations';
import {
  administration,
  approvers,
  type Grant,
  investigators,
  officers,
  people,
  queryUsers,
} from './sop-facts';

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
  'continue-search': {
    clause: 'Access-C',
    to: [
      ...by('Access-C', ...queryUsers),
      ...by('Storage-E', 'partner-officer'),
      ...by('Access-E', ...administration),
    ],
  },
  'show-search': {
    clause: 'Access-C',
    to: [
      { clause: 'Access-C', when: { author: ['self'] } },
      ...by('Acct-A', 'supervisor', 'lieutenant', 'commander', 'chief', 'administrator', 'auditor'),
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
  'list-cameras': { clause: 'Policy-D', to: by('Policy-E', ...administration, 'commander', 'supervisor') },
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
  'order-redaction': { clause: 'Acct-A', to: by('Acct-A', 'chief') },
  'decide-redaction': { clause: 'Acct-A', to: by('Acct-A', 'auditor') },
  'list-redactions': { clause: 'Acct-A', to: by('Acct-A', 'administrator', 'chief', 'auditor') },
  'draw-leaves': { clause: 'Acct-A', to: by('Acct-A', 'auditor') },
  'decide-finding': { clause: 'Acct-C', to: by('Acct-C', 'administrator', 'chief') },

  // Who investigates keeps records for a case; a dispatcher searches for others.
  'take-evidence': { clause: 'Storage-B', to: by('Storage-B', ...officers, 'analyst') },
  'list-evidence': { clause: 'Storage-B', to: by('Storage-B', 'records-officer') },
  'show-evidence': {
    clause: 'Storage-B',
    to: [
      ...by('Storage-B', 'records-officer', 'supervisor', 'lieutenant', 'commander'),
      { clause: 'Storage-B', when: { role: ['officer', 'detective', 'analyst'], author: ['self'] } },
    ],
  },
  'request-release': {
    clause: 'Access-F',
    to: by('Access-F', 'records-officer', 'detective', 'supervisor', 'lieutenant'),
  },
  'decide-release': { clause: 'Access-F', to: by('Access-F', 'chief', 'chief-designee', 'commander') },
  'list-releases': {
    clause: 'Access-F',
    to: by('Access-F', 'records-officer', 'auditor', 'chief', 'chief-designee', 'commander'),
  },
  'propose-agency': { clause: 'Storage-D', to: by('Policy-D', 'administrator') },
  'confirm-agency': { clause: 'Storage-D', to: by('Policy-D', 'administrator', 'chief', 'chief-designee') },
  'propose-agreement': { clause: 'Storage-E', to: by('Storage-E', 'administrator') },
  'approve-agreement': { clause: 'Storage-E', to: by('Storage-E', 'chief', 'chief-designee') },
  'propose-exigent-grant': {
    clause: 'Storage-F',
    to: by('Storage-F', 'administrator', 'commander', 'lieutenant'),
  },
  'approve-exigent-grant': { clause: 'Storage-F', to: by('Storage-F', 'chief', 'chief-designee') },
  'revoke-sharing': { clause: 'Storage-E', to: by('Storage-E', 'administrator', 'chief', 'chief-designee') },
  'list-sharing': { clause: 'Storage-E', to: by('Storage-E', ...administration) },
  'receive-external-request': { clause: 'Storage-C', to: by('Storage-C', ...officers, 'analyst') },
  'answer-external-request': { clause: 'Storage-C', to: by('Storage-C', ...officers, 'analyst') },
  'decline-external-request': { clause: 'Storage-C', to: by('Storage-C', ...officers, 'analyst') },
  'list-external-requests': {
    clause: 'Storage-C',
    to: [
      ...by('Storage-C', ...administration),
      { clause: 'Storage-C', when: { division: ['cid-command', 'ciau'], role: [...officers, 'analyst'] } },
    ],
  },
  'propose-report-correction': { clause: 'Acct-A', to: by('Acct-A', 'administrator') },
  'approve-report-correction': { clause: 'Acct-A', to: by('Acct-A', 'chief') },
  'list-month-audits': { clause: 'Acct-A', to: by('Acct-A', 'administrator', 'chief', 'auditor') },
  'show-month-audit': { clause: 'Acct-A', to: by('Acct-A', 'administrator', 'chief', 'auditor') },
  'attest-month-audit': { clause: 'Acct-A', to: by('Acct-A', 'administrator') },
  'request-incident-package': { clause: 'Acct-D', to: by('Acct-D', 'administrator', 'chief') },
  'list-incident-packages': { clause: 'Acct-D', to: by('Acct-D', 'administrator', 'chief') },
  'show-incident-package': { clause: 'Acct-D', to: by('Acct-D', 'administrator', 'chief') },
};
