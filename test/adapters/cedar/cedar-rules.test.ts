import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules } from '../../../adapters/cedar/cedar-rules';
import { makeDecideAccess } from '../../../core/access/decide';
import type { AccessRequest } from '../../../core/access/decision';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePerson } from '../../core/people/made-person';

const policy = join(__dirname, '..', '..', '..', 'policy');
const configuration = madeConfiguration();
const request: AccessRequest = {
  person: madePerson(),
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
  expect(decideBy(policy)(withoutPurpose)).toMatchObject({ kind: 'deny', clause: 'Access-C', rules: [] });
  const { networks: __, ...withoutNetworks } = request;
  expect(decideBy(policy)(withoutNetworks)).toMatchObject({ kind: 'deny', clause: 'Access-D' });
});

it('denies when any rule cannot be evaluated, also beside one that allows', () => {
  add(
    '@id("fails") @clause("Test") @message("m") @remedy("r") forbid (principal, action, resource) when { 9223372036854775807 + 1 > 0 };',
  );
  expect(decideBy(folder)(request)).toMatchObject({ kind: 'deny', rules: ['fails'] });
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
  });
});

it('changes its version with any rule', () => {
  const before = loadRules(folder).version;
  add('@id("more") @clause("Test") permit (principal, action == Action::"list-alerts", resource);');
  expect(loadRules(folder).version).not.toBe(before);
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
