import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actionGroups, speaksAbout } from '../../../adapters/cedar/action-groups';
import { loadRules } from '../../../adapters/cedar/cedar-rules';
import { parseRules } from '../../../adapters/cedar/rule';
import { makeDecideAccess } from '../../../core/access/decide';
import type { AccessRequest } from '../../../core/access/decision';
import type { Principal } from '../../../core/people/person';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePrincipal } from '../../core/people/made-person';

const policy = join(__dirname, '..', '..', '..', 'policy');
const configuration = madeConfiguration();
const request: AccessRequest = {
  person: madePrincipal(),
  operation: 'search-reads',
  networks: ['bloomington'],
  purpose: { kind: 'felony' },
  reason: { kind: 'phrase', phrase: 'Stolen Vehicle' },
  nowMs: Date.parse('2026-11-24T12:00:00Z'),
};
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'));
  cpSync(policy, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

it('denies a search that lacks the facts to decide on', () => {
  const { purpose: _, ...withoutPurpose } = request;
  expect(decideBy(policy)(withoutPurpose)).toMatchObject({
    kind: 'deny',
    clause: 'Access-C',
    rules: [],
    isUndecidable: true,
  });
  const { reason: __, ...withoutReason } = request;
  expect(decideBy(policy)(withoutReason)).toMatchObject({ kind: 'deny', clause: 'Access-E' });
  const { networks: ___, ...withoutNetworks } = request;
  expect(decideBy(policy)(withoutNetworks)).toMatchObject({ kind: 'deny', clause: 'Access-D' });
});

it('denies when any rule cannot be evaluated, also beside one that allows', () => {
  add(
    '@id("fails") @clause("Test") @message("m") @remedy("r") forbid (principal, action, resource) when { 9223372036854775807 + 1 > 0 };',
  );
  expect(decideBy(folder)(request)).toMatchObject({ kind: 'deny', rules: ['fails'], isUndecidable: true });
});

it('denies when the rules throw', () => {
  const rules = {
    version: 'broken',
    answer: () => {
      throw new Error('made-up failure');
    },
  };
  expect(makeDecideAccess({ rules, configuration })(request)).toMatchObject({
    kind: 'deny',
    clause: 'Access-C',
    isUndecidable: true,
  });
});

it.each(['device', 'role', 'disabled', 'suspended', 'onDuty'])(
  'denies a search by somebody whose %s is not known',
  (fact) => {
    const person = Object.fromEntries(Object.entries(madePrincipal()).filter(([name]) => name !== fact));
    expect(decideBy(policy)({ ...request, person: person as unknown as Principal })).toMatchObject({
      kind: 'deny',
      isUndecidable: true,
    });
  },
);

it('does not call a plain denial undecidable', () => {
  expect(decideBy(policy)({ ...request, person: madePrincipal({ suspended: true }) })).toEqual(
    expect.not.objectContaining({ isUndecidable: true }),
  );
});

it('changes its version with any rule', () => {
  const before = loadRules(folder).version;
  add('@id("more") @clause("Test") permit (principal, action == Action::"list-alerts", resource);');
  expect(loadRules(folder).version).not.toBe(before);
});

it('keeps the rules of a file in their order, however many they are', () => {
  const rule = (id: number) => `@id("r${id}") @clause("c") permit (principal, action, resource);`;
  const numbers = Array.from({ length: 25 }, (_, at) => at);
  expect(parseRules(numbers.map(rule).join('\n')).map(({ id }) => id)).toEqual(numbers.map((id) => `r${id}`));
});

it('asks the rules that name the action, its groups, or no action', () => {
  const groups = actionGroups(
    'entity A; action "all"; action "some" in ["all"]; action "one" in ["some"] appliesTo { principal: A, resource: A };',
  );
  const speaking = (scope: string, action: string) => {
    const [rule] = parseRules(`@id("r") @clause("c") permit (principal, ${scope}, resource);`);
    return rule && speaksAbout(rule.action, groups.get(action) ?? new Set(), action);
  };
  const scopes = [
    'action',
    'action == Action::"one"',
    'action == Action::"some"',
    'action in Action::"all"',
    'action in [Action::"other", Action::"some"]',
    'action in [Action::"other"]',
    'action in []',
  ];
  expect(scopes.filter((scope) => speaking(scope, 'one'))).toEqual([
    'action',
    'action == Action::"one"',
    'action in Action::"all"',
    'action in [Action::"other", Action::"some"]',
  ]);
});

it.each([
  ['does not parse', 'permit (principal, action', 'syntax'],
  [
    'names an unknown action',
    '@id("x") @clause("c") permit (principal, action == Action::"export-all", resource);',
    'schema',
  ],
  [
    'names an unknown fact',
    '@id("x") @clause("c") permit (principal, action, resource) when { principal.rank == "x" };',
    'schema',
  ],
  ['has no clause', '@id("x") permit (principal, action, resource);', 'annotation'],
  ['forbids without saying why', '@id("x") @clause("c") forbid (principal, action, resource);', 'annotation'],
  [
    'has the id of another',
    '@id("suspended") @clause("c") permit (principal, action, resource);',
    'annotation',
  ],
])('does not start with a rule that %s', (_, rule, code) => {
  add(rule);
  expect(() => loadRules(folder)).toThrow(expect.objectContaining({ name: 'PolicyUnusable', code }));
});

function add(rule: string): void {
  writeFileSync(join(folder, 'rules', 'zz-added.cedar'), rule);
}

function decideBy(policyFolder: string) {
  return makeDecideAccess({ rules: loadRules(policyFolder), configuration });
}
