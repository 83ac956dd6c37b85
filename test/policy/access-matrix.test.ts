import { join } from 'node:path';
import { createDecideAccess } from '../../adapters/cedar/decide-access';
import { permittedPurposes } from '../../core/access/purpose';
import { roles } from '../../core/access/roles';
import { type OperationId, operationList } from '../../core/contract/operations';
import { agencies, factsOf, matrixConfiguration, requestOf, type Situation } from './matrix-situation';
import { expectedBySop } from './sop-table';

const decide = createDecideAccess({
  policyFolder: join(__dirname, '..', '..', 'policy'),
  configuration: matrixConfiguration,
});
const all = operationList.map((each) => each.id);
const good = { trained: 'yes', suspended: 'no', disabled: 'no' } as const;
/** All eight of them in the long run; in the short one each by itself, and all together. */
const standings: readonly Pick<Situation, 'trained' | 'suspended' | 'disabled'>[] = [
  good,
  { ...good, trained: 'no' },
  { ...good, suspended: 'yes' },
  { ...good, disabled: 'yes' },
  { trained: 'no', suspended: 'yes', disabled: 'yes' },
  ...(process.env.DEEP
    ? ([
        { ...good, trained: 'no', suspended: 'yes' },
        { ...good, trained: 'no', disabled: 'yes' },
        { ...good, suspended: 'yes', disabled: 'yes' },
      ] as const)
    : []),
];
const devices = ['department-phone', 'department-console', 'machine', 'unknown'] as const;
const divisions = [
  'patrol',
  'criminal-investigations',
  'street-crimes',
  'ciau',
  'task-force',
  'communications',
  'cid-command',
] as const;
let decided = 0;

it('decides each operation for each role by standing, duty and device as the SOP says [Access-C] [Access-G] [Acct-C] [Training]', () => {
  expectNoDifference(function* () {
    for (const operation of all)
      for (const role of roles)
        for (const standing of standings)
          for (const duty of ['on', 'off'] as const)
            for (const device of devices)
              yield [operation, { ...usual(operation, role), ...standing, duty, device }];
  });
});

it('decides each operation for each role by division, rank and device as the SOP says [Policy-E] [Policy-H.b] [Policy-H.d] [Access-G]', () => {
  expectNoDifference(function* () {
    for (const operation of all)
      for (const role of roles)
        for (const division of divisions) {
          yield [operation, { ...usual(operation, role), division, sworn: 'yes' }];
          yield [operation, { ...usual(operation, role), division, sworn: 'no', device: 'department-phone' }];
        }
  });
  expectNoDifference(function* () {
    for (const operation of all)
      for (const role of roles) {
        yield [operation, { ...usual(operation, role), sworn: 'no' }];
        yield [operation, { ...usual(operation, role), sworn: 'yes', device: 'department-phone' }];
      }
  });
});

it('decides what reaches networks by network and agency as the SOP says [Access-D.1] [Access-D.2] [Storage-E] [Storage-F]', () => {
  const networks = [
    ['none'],
    ['own'],
    ['local-agreed'],
    ['agreed'],
    ['not-agreed'],
    ['local-not-agreed'],
    ['own', 'not-agreed'],
  ] as const;
  expectNoDifference(function* () {
    for (const operation of all.filter((id) => usual(id, 'officer').networks[0] === 'own'))
      for (const role of roles)
        for (const agency of agencyIds)
          for (const reached of networks)
            yield [operation, { ...usual(operation, role), agency, networks: reached }];
  });
});

it('decides each operation by agency as the SOP says [Access-C] [Storage-E] [Storage-F]', () => {
  expectNoDifference(function* () {
    for (const operation of all)
      for (const role of [
        'partner-officer',
        'officer',
        'analyst',
        'administrator',
        'records-officer',
      ] as const)
        for (const agency of agencyIds)
          for (const division of ['patrol', 'ciau'])
            yield [operation, { ...usual(operation, role), agency, division }];
  });
});

it('decides uses by purpose and reason as the SOP says [Policy-B] [Policy-H.c] [Access-C] [Access-E]', () => {
  const purposes = [
    ...permittedPurposes.map((permittedPurpose) => ({ purpose: 'permitted' as const, permittedPurpose })),
    { purpose: 'exigent' as const },
    { purpose: 'administrative' as const },
  ];
  expectNoDifference(function* () {
    for (const operation of [
      'search-reads',
      'continue-search',
      'request-hot-list-entry',
      'take-evidence',
    ] as const)
      for (const role of roles)
        for (const purpose of purposes)
          for (const reason of ['case-number', 'cad-number', 'phrase', 'administrative', 'none'] as const)
            for (const reached of [['own'], ['not-agreed']] as const)
              yield [operation, { ...usual(operation, role), ...purpose, reason, networks: reached }];
  });
});

it('decides changes of access and findings by whom they are about as the SOP says [Policy-D] [Acct-C] [Training]', () => {
  const about = [
    'enrol-person',
    'assign-person',
    'designate-person',
    'disable-person',
    'suspend-person',
    'reinstate-person',
    'record-training',
    'decide-finding',
    'import-personnel',
  ] as const;
  expectNoDifference(function* () {
    for (const operation of about)
      for (const role of roles)
        for (const subjectRole of roles)
          for (const subject of ['self', 'another'] as const)
            for (const newRole of newRolesOf(operation))
              yield [operation, { ...usual(operation, role), subject, subjectRole, newRole }];
    for (const operation of about)
      for (const role of roles)
        yield [operation, { ...usual(operation, role), subject: 'none', subjectRole: 'none' }];
  });
});

it('decides approvals and removals by who made the thing as the SOP says [Policy-E] [Policy-H.d] [Policy-H.f] [Policy-H.g]', () => {
  const made = [
    'approve-hot-list-entry',
    'extend-hot-list-entry',
    'take-over-hot-list-entry',
    'remove-hot-list-entry',
    'decide-site',
    'show-evidence',
    'decide-release',
    'show-search',
  ] as const;
  expectNoDifference(function* () {
    for (const operation of made)
      for (const role of roles)
        for (const author of ['self', 'another', 'none'] as const)
          for (const division of divisions)
            for (const agency of ['bloomington-pd', 'made-up-town'] as const)
              yield [operation, { ...usual(operation, role), author, division, agency }];
  });
});

it('decides sharing and outside requests by agency, exigency, declaration and who proposed it as the SOP says [Storage-C] [Storage-D] [Storage-E] [Storage-F]', () => {
  const sharing = [
    'confirm-agency',
    'propose-agreement',
    'approve-agreement',
    'propose-exigent-grant',
    'approve-exigent-grant',
    'receive-external-request',
    'answer-external-request',
    'decline-external-request',
    'list-external-requests',
  ] as const;
  const none = { partyKind: 'none', partyState: 'none', exigency: 'no', declared: 'no' } as const;
  expectNoDifference(function* () {
    for (const operation of sharing)
      for (const role of roles)
        for (const division of operation.endsWith('request') ? ['patrol', 'ciau', 'cid-command'] : ['ciau'])
          for (const author of /^(confirm|approve)/.test(operation)
            ? (['self', 'another', 'none'] as const)
            : (['another'] as const)) {
            const situation = { ...usual(operation, role), division, author };
            yield [operation, { ...situation, ...none }];
            for (const partyKind of ['state-or-local', 'federal'] as const)
              for (const partyState of ['inside', 'outside'] as const)
                for (const exigency of ['yes', 'no'] as const)
                  for (const declared of ['yes', 'no'] as const)
                    yield [operation, { ...situation, partyKind, partyState, exigency, declared }];
          }
  });
});

it('decides at least 40,000 combinations', () => {
  expect(decided).toBeGreaterThan(40_000);
});

const agencyIds = Object.keys(agencies).filter((each): each is Situation['agency'] => each in agencies);

/** Somebody of that role as he usually is, doing what he may with all that it needs. */
function usual(operation: OperationId, role: Situation['role']): Situation {
  const reaches =
    /^(search|continue|fetch|take-evidence|list-alerts|issue|acknowledge|verify|notify|record-disposition)/.test(
      operation,
    );
  const isUse = ['search-reads', 'continue-search', 'request-hot-list-entry', 'take-evidence'].includes(
    operation,
  );
  const isOfACase = operation === 'take-evidence';
  const administers = ['chief', 'chief-designee', 'administrator', 'auditor'].includes(role);
  const isChange = /-person$|^record-training$|^decide-finding$/.test(operation);
  return {
    role,
    agency: role === 'partner-officer' ? 'made-up-town' : 'bloomington-pd',
    division: usualDivision[role] ?? 'patrol',
    sworn: ['dispatcher', 'analyst', 'auditor', 'records-officer', 'personnel-feed'].includes(role)
      ? 'no'
      : 'yes',
    trained: 'yes',
    suspended: 'no',
    disabled: 'no',
    duty: 'on',
    device: role === 'personnel-feed' ? 'machine' : 'department-console',
    networks: reaches ? ['own'] : [],
    purpose: isUse ? (administers && !isOfACase ? 'administrative' : 'permitted') : 'none',
    reason: isOfACase ? 'case-number' : isUse ? (administers ? 'administrative' : 'phrase') : 'none',
    author: 'another',
    subject: isChange ? 'another' : 'none',
    subjectRole: isChange ? 'officer' : 'none',
    newRole: /^(enrol|assign|designate)-person/.test(operation) ? 'officer' : 'none',
    ...usualParty(operation),
  };
}

function usualParty(
  operation: OperationId,
): Pick<Situation, 'partyKind' | 'partyState' | 'exigency' | 'declared'> {
  if (/-exigent-grant$/.test(operation))
    return { partyKind: 'federal', partyState: 'inside', exigency: 'yes', declared: 'no' };
  if (/-agreement$|^(receive|answer|decline)-external-request$/.test(operation))
    return { partyKind: 'state-or-local', partyState: 'inside', exigency: 'no', declared: 'no' };
  return { partyKind: 'none', partyState: 'none', exigency: 'no', declared: 'no' };
}

const usualDivision: Readonly<Partial<Record<Situation['role'], string>>> = {
  dispatcher: 'communications',
  detective: 'criminal-investigations',
  lieutenant: 'criminal-investigations',
  analyst: 'ciau',
};

function newRolesOf(operation: OperationId): readonly Situation['newRole'][] {
  return /^(enrol|assign|designate)-person/.test(operation)
    ? ['officer', 'administrator', 'chief', 'none']
    : ['none'];
}

/** Goes through every cell, and names the first ones where table and rules differ. */
function expectNoDifference(cells: () => Iterable<readonly [OperationId, Situation]>): void {
  const differences: string[] = [];
  for (const [operation, situation] of cells()) {
    decided += 1;
    const expected = expectedBySop(operation, factsOf(situation));
    const decision = decide(requestOf(operation, situation));
    const isAllowed = decision.kind === 'permit';
    const named = decision.kind === 'permit' ? '' : decision.clause;
    const agrees =
      isAllowed === expected.isAllowed && (isAllowed || expected.clauses.some((each) => each === named));
    if (!agrees)
      differences.push(
        `${operation} ${JSON.stringify(situation)}: table ${JSON.stringify(expected)}, rules ${decision.kind} ${named} ${decision.rules.join(', ')}`,
      );
  }
  expect({ count: differences.length, first: differences.slice(0, 12) }).toEqual({ count: 0, first: [] });
}
