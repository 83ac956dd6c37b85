import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRequestFile } from '../../../scripts/policy/case-file';
import { explainDecision, explanation } from '../../../scripts/policy/explain-decision';
import { madeConfiguration } from '../../core/contract/made-configuration';

const root = join(__dirname, '..', '..', '..');
const policyFolder = join(root, 'policy');

function explained(written: Readonly<Record<string, unknown>>): string {
  const parsed = parseRequestFile(JSON.stringify(written));
  if (parsed.kind === 'malformed') throw new Error(parsed.faults.join());
  const options = { policyFolder, configuration: madeConfiguration() };
  return explanation(parsed.request, explainDecision(parsed.request, options));
}

const search = {
  person: { role: 'officer' },
  operation: 'search-reads',
  networks: ['bloomington'],
  purpose: { kind: 'felony' },
  reason: { kind: 'phrase', phrase: 'Shots Fired' },
};

it('says which rule allows, by which clause, and on which facts', () => {
  const text = explained(search);
  expect(text).toMatch(/^ALLOWED {2}search-reads by made-up\.officer \(officer\)$/m);
  expect(text).toMatch(/^ {2}investigative-search {2}\(permits, Access-C\)$/m);
  expect(text).toMatch(/^ {4}device +department-console$/m);
  expect(text).toMatch(/^ {4}networks +bloomington$/m);
});

it('says which rules refuse, with the words of the first', () => {
  const text = explained({ ...search, person: { role: 'officer', suspended: true, device: 'unknown' } });
  expect(text).toMatch(/^DENIED/);
  expect(text).toMatch(/^ {2}clause {3}Acct-C$/m);
  expect(text).toMatch(
    /^ {2}suspended {2}\(forbids, Acct-C\)\n {2}department-devices-only {2}\(forbids, Access-G\)$/m,
  );
});

it('says when the words of the reason refused, when no rule allows, and when a fact is missing', () => {
  const towing = { ...search, reason: { kind: 'phrase', phrase: 'tow list' } };
  expect(explained(towing)).toContain('the words of the purpose and the reason');
  expect(explained({ person: { role: 'officer' }, operation: 'list-findings' })).toContain(
    'no rule allows it',
  );
  const { purpose: _, ...withoutPurpose } = search;
  expect(explained(withoutPurpose)).toContain('a fact was missing');
});

it('names the field of a request that it cannot read', () => {
  expect(parseRequestFile('{"person": {"role": "king"}, "operation": "list-findings", "rank": 1}')).toEqual({
    kind: 'malformed',
    faults: [expect.stringMatching(/^person\.role: /), expect.stringMatching(/^\(the file\): .*rank/)],
  });
  expect(parseRequestFile('not json')).toEqual({ kind: 'malformed', faults: ['(the file): is not JSON'] });
});

describe('the command', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'explain-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('answers by its exit code, and takes a case file', () => {
    expect(run('policy/cases/allow/administrator-suspends.json').status).toBe(0);
    expect(run('policy/examples/search.json')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('Access-D.1'),
    });
    writeFileSync(join(folder, 'bad.json'), '{}');
    expect(run(join(folder, 'bad.json'))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('operation'),
    });
  });

  it('says how it is used', () => {
    expect(run('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('policy/examples/search.json'),
    });
    expect(readFileSync(join(root, 'policy', 'examples', 'search.json'), 'utf8')).toContain('search-reads');
    expect(run().status).toBe(2);
  });
});

function run(...args: readonly string[]) {
  return spawnSync(join(root, 'node_modules', '.bin', 'tsx'), ['scripts/policy/explain.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
}
