import type { AccessRequest } from '../../core/access/decision';
import type { PermittedPurpose, Purpose } from '../../core/access/purpose';
import type { Reason } from '../../core/access/reason';
import type { Configuration } from '../../core/contract/configuration';
import type { OperationId } from '../../core/contract/operations';
import type { SharingNow } from '../../core/sharing/sharing-now';
import { madeConfiguration } from '../core/contract/made-configuration';
import type { Facts } from './sop-facts';

/** One cell of the matrix: the table's facts, and the agency and networks by name. */
export interface Situation
  extends Omit<Facts, 'employer' | 'agencyKind' | 'agencyState' | 'agreement' | 'exigentGrant'> {
  readonly agency: AgencyId;
  /** Which of the permitted purposes. */
  readonly permittedPurpose?: PermittedPurpose;
}

type AgencyId = keyof typeof agencies;
type AgencyFacts = Pick<Facts, 'employer' | 'agencyKind' | 'agencyState' | 'agreement' | 'exigentGrant'>;

const partner = {
  employer: 'another',
  agencyKind: 'municipal',
  agencyState: 'inside',
  agreement: 'in-force',
  exigentGrant: 'no',
} as const;

/** Agencies of every kind and state; the federal one and that of another state hold what no deployment file may say. */
export const agencies = {
  'bloomington-pd': {
    employer: 'department',
    agencyKind: 'municipal',
    agencyState: 'inside',
    agreement: 'none',
    exigentGrant: 'no',
  },
  'made-up-town': partner,
  'made-up-county': { ...partner, agencyKind: 'county' },
  'made-up-state': { ...partner, agencyKind: 'state' },
  'made-up-federal': { ...partner, agencyKind: 'federal' },
  'made-up-elsewhere': { ...partner, agencyState: 'outside' },
  'made-up-federal-elsewhere': { ...partner, agencyKind: 'federal', agencyState: 'outside' },
  'made-up-federal-granted': {
    ...partner,
    agencyKind: 'federal',
    agencyState: 'outside',
    exigentGrant: 'yes',
  },
  'made-up-federal-grant-over': { ...partner, agencyKind: 'federal', agreement: 'ended' },
  'made-up-ended': { ...partner, agreement: 'ended' },
  'made-up-without': { ...partner, agreement: 'none' },
  'made-up-stranger': { ...partner, agencyKind: 'not-listed', agencyState: 'outside', agreement: 'none' },
} as const satisfies Readonly<Record<string, AgencyFacts>>;

const networkNames = {
  none: [],
  own: ['own'],
  'local-agreed': ['local-agreed'],
  agreed: ['agreed'],
  'not-agreed': ['not-agreed'],
  'local-not-agreed': ['local-not-agreed'],
} as const satisfies Readonly<Record<Facts['networks'][number], readonly string[]>>;

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const isoDay = { 'in-force': '2026-11-24', ended: '2026-11-23' } as const;

const matrixNetworks: Readonly<Record<string, string[]>> = {
  'made-up-town': ['local-agreed'],
  'made-up-county': ['agreed'],
  'made-up-without': ['not-agreed'],
  'made-up-ended': ['local-not-agreed'],
};

/** The deployment file that ships, with the agencies and networks of the matrix. */
export const matrixConfiguration: Configuration = madeConfiguration({
  agencies: Object.entries(agencies)
    .filter(([id]) => id !== 'bloomington-pd' && id !== 'made-up-stranger')
    .map(([id, each]) => agencyOf(id, each)),
  networks: [
    { id: 'own', name: 'Own', local: true, agency: 'bloomington-pd' },
    { id: 'local-agreed', name: 'Neighbour', local: true, agency: 'made-up-town' },
    { id: 'agreed', name: 'Agreed', local: false, agency: 'made-up-county' },
    { id: 'not-agreed', name: 'Not agreed', local: false, agency: 'made-up-without' },
    { id: 'local-not-agreed', name: 'Neighbour, ended', local: true, agency: 'made-up-ended' },
  ],
});

const grant = {
  agreementId: '00000000-0000-4000-8000-0000000000f1',
  kind: 'exigent',
  opensToUs: [],
  searchesOurs: ['own'],
  matchesHotLists: false,
} as const;

/** A federal agency in an exigency, and one whose hours are over. */
const sharing: SharingNow = {
  revision: 1,
  agencies: [],
  agreements: [
    { ...grant, agencyId: 'made-up-federal-granted', endsAtMs: nowMs + 1 },
    { ...grant, agencyId: 'made-up-federal-grant-over', endsAtMs: nowMs },
  ],
  ended: [],
};

function agencyOf(id: string, facts: AgencyFacts): Configuration['agencies'][number] {
  const { agencyKind, agencyState, agreement } = facts;
  return {
    id,
    name: id,
    kind: agencyKind === 'not-listed' ? 'municipal' : agencyKind,
    state: agencyState === 'inside' ? 'IL' : 'MO',
    networks: matrixNetworks[id] ?? [],
    maySearch: ['own'],
    matchesHotLists: false,
    ...(agreement === 'none' ? {} : { agreedUntil: isoDay[agreement] }),
  };
}

/** As the table sees it. */
export function factsOf({ agency, permittedPurpose: _, ...facts }: Situation): Facts {
  return { ...facts, ...agencies[agency] };
}

/** As the policy is asked it. */
export function requestOf(operation: OperationId, situation: Situation): AccessRequest {
  const username = 'made-up.person';
  const { purpose, reason, author, subject, subjectRole, newRole } = situation;
  return {
    operation,
    person: {
      username,
      role: situation.role,
      agency: situation.agency,
      division: situation.division,
      sworn: situation.sworn === 'yes',
      suspended: situation.suspended === 'yes',
      disabled: situation.disabled === 'yes',
      trainedUntilMs: situation.trained === 'yes' ? nowMs + 1 : nowMs,
      onDuty: situation.duty === 'on',
      device: situation.device,
      sharing,
    },
    networks: situation.networks.flatMap((each) => networkNames[each]),
    ...(purpose === 'none' ? {} : { purpose: purposeOf(purpose, situation.permittedPurpose) }),
    ...(reason === 'none' ? {} : { reason: reasons[reason] }),
    ...(author === 'none' ? {} : { author: author === 'self' ? username : 'made-up.author' }),
    ...(subject === 'none' || subjectRole === 'none'
      ? {}
      : { subject: { username: subject === 'self' ? username : 'made-up.subject', role: subjectRole } }),
    ...(newRole === 'none' ? {} : { newRole }),
    ...partyOf(situation),
    nowMs,
  };
}

function partyOf({ partyKind, partyState, exigency, declared }: Situation): Pick<AccessRequest, 'party'> {
  if (partyKind === 'none') return {};
  return {
    party: {
      kind: partyKind === 'federal' ? 'federal' : 'county',
      state: partyState === 'inside' ? 'IL' : 'MO',
      exigency: exigency === 'yes',
      declared: declared === 'yes',
    },
  };
}

function purposeOf(
  purpose: 'permitted' | 'exigent' | 'administrative',
  which: PermittedPurpose = 'felony',
): Purpose {
  if (purpose === 'permitted') return { kind: which };
  if (purpose === 'administrative') return { kind: purpose };
  return {
    kind: purpose,
    lawEnforcementPurpose: 'Barricaded subject',
    justification: 'An armed subject threatens to shoot the neighbours now.',
  };
}

const reasons: Readonly<Record<Exclude<Facts['reason'], 'none'>, Reason>> = {
  'case-number': { kind: 'case-number', caseNumber: '2026-0012345' },
  'cad-number': { kind: 'cad-number', cadNumber: '26-0123456' },
  phrase: { kind: 'phrase', phrase: 'Shots Fired' },
  administrative: { kind: 'administrative', activity: 'Monthly user audit' },
};
