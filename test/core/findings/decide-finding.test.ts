import type { FindingDecision } from '../../../core/contract/findings';
import { decideFinding } from '../../../core/findings/decide-finding';
import type { Finding } from '../../../core/findings/finding';
import type { Findings } from '../../../core/findings/ports';
import { Crash, type Fault, madeAccess, madeCaller, nowMs } from '../people/made-access';
import { madeRecord } from '../people/made-record';
import { findingId, madeFinding } from './made-finding';

const username = 'made-up.officer';
const upheld = { outcome: 'upheld', words: 'The account was lent to somebody.' } as const;

it.each([
  ['upheld', true],
  ['referred', true],
  ['explained', false],
] as const)('%s: suspends in the same step or not: %s [Acct-C] [Acct-D]', async (outcome, suspends) => {
  const { access, decide } = madeFindings();
  expect(await decide({ ...upheld, outcome })).toMatchObject({
    kind: 'decided',
    finding: { decision: { outcome, by: 'made-up.administrator', atMs: nowMs } },
  });
  expect(access.records.get(username)).toMatchObject({ suspended: suspends });
});

it('ends connections and sign-ins after both events are durable [Acct-C]', async () => {
  const { access, decide } = madeFindings();
  await decide(upheld);
  expect(access.journal).toEqual([
    'requested',
    'store-decision',
    'finding-decided',
    'person-changed suspended',
    'sweep',
    'sign-out',
    'answered',
  ]);
  expect(access.events).toMatchObject([
    { kind: 'requested', queried: { findingId: findingId(1), username } },
    { kind: 'finding-decided', outcome: 'upheld', words: upheld.words, username },
    { kind: 'person-changed', change: 'suspended', because: 'finding upheld', findingId: findingId(1) },
    { kind: 'answered', counts: { decided: 1, upheld: 1, unfinished: 0 } },
  ]);
});

it.each([
  ['when it was raised', { role: 'administrator' }, { role: 'officer' }],
  ['now', { role: 'officer' }, { role: 'administrator' }],
] as const)('asks the policy as of an administrator when he was one %s [Acct-C]', async (_, then, now) => {
  const { access, decide } = madeFindings({
    finding: madeFinding({ findingId: findingId(1), ...then }),
    now,
  });
  await decide(upheld);
  expect(access.asked[0]).toMatchObject({
    operation: 'decide-finding',
    subject: { username, role: 'administrator' },
  });
});

it('is decided once: anybody else, and any other decision, is too late', async () => {
  const { access, decide } = madeFindings();
  await decide(upheld);
  expect(await decide({ ...upheld, outcome: 'explained' })).toMatchObject({ kind: 'conflict' });
  expect(await decide(upheld, { username: 'made-up.chief', role: 'chief' })).toMatchObject({
    kind: 'conflict',
  });
  expect(access.events.filter(({ kind }) => kind === 'finding-decided')).toHaveLength(1);
});

it('does not suspend again whom the Chief reinstated since, when the decision comes twice [Acct-C]', async () => {
  const { access, decide } = madeFindings();
  await decide(upheld);
  access.records.set(username, madeRecord({ revision: 3 }));
  access.journal.length = 0;
  expect(await decide(upheld)).toMatchObject({ kind: 'decided' });
  expect(access.records.get(username)).toMatchObject({ suspended: false });
  expect(access.journal).not.toContain('sign-out');
});

it('decides about somebody without a record, or suspended already, all the same', async () => {
  const missing = madeFindings();
  missing.access.records.clear();
  expect(await missing.decide(upheld)).toMatchObject({ kind: 'decided' });
  const already = madeFindings({ now: { suspended: true } });
  expect(await already.decide(upheld)).toMatchObject({ kind: 'decided' });
  expect(already.access.records.get(username)).toMatchObject({ suspended: true, revision: 1 });
});

it('looks again when the person was changed between, and suspends all the same [Acct-C]', async () => {
  const { access, decide } = madeFindings({ now: { suspended: true }, reinstatedBetween: true });
  expect(await decide(upheld)).toMatchObject({ kind: 'decided' });
  expect(access.records.get(username)).toMatchObject({ suspended: true, revision: 3 });
});

it('knows nothing of a finding that is not there', async () => {
  const { access } = madeFindings();
  const findings = { find: async () => undefined, storeDecision: async () => 'conflict' as const };
  const decide = decideFinding({ ...access.deps, findings });
  expect(await decide(findingId(9), upheld, madeCaller())).toEqual({ kind: 'not-found' });
});

it.each<[string, Fault]>([
  ['store-decision', 'not-done'],
  ['store-decision', 'done-but-lost'],
  ['finding-decided', 'not-done'],
  ['finding-decided', 'done-but-lost'],
  ['person-changed suspended', 'not-done'],
  ['person-changed suspended', 'done-but-lost'],
  ['answered', 'not-done'],
])(
  'completes it by the same decision after a crash at %s (%s): one of each event [Acct-C]',
  async (step, fault) => {
    const { access, decide } = madeFindings();
    access.failAt(step, fault);
    await expect(decide(upheld)).rejects.toThrow(Crash);
    expect(await decide(upheld)).toMatchObject({
      kind: 'decided',
      finding: { decision: { outcome: 'upheld' } },
    });
    expect(access.records.get(username)).toMatchObject({ suspended: true, revision: 2 });
    const kinds = access.events.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'finding-decided' || kind === 'person-changed').sort()).toEqual([
      'finding-decided',
      'person-changed',
    ]);
    expect(access.journal).toEqual(expect.arrayContaining(['sweep', 'sign-out']));
  },
);

it('is a true answer although the sign-out failed, and the same decision does it again [Acct-C]', async () => {
  const { access, decide } = madeFindings();
  access.failAt('sign-out', 'not-done');
  expect(await decide(upheld)).toMatchObject({ kind: 'decided' });
  expect(access.unfinished).toEqual(['sign-out']);
  await decide(upheld);
  expect(access.journal).toContain('sign-out');
});

function madeFindings(
  facts: {
    readonly finding?: Finding;
    readonly now?: Parameters<typeof madeRecord>[0];
    readonly reinstatedBetween?: boolean;
  } = {},
) {
  const access = madeAccess([madeRecord(facts.now)]);
  const findings = new Map([[findingId(1), facts.finding ?? madeFinding({ findingId: findingId(1) })]]);
  let isReinstated = !facts.reinstatedBetween;
  const stored: Findings['storeDecision'] = async ({ finding, person }) => {
    if (!isReinstated) access.records.set(username, madeRecord({ suspended: false, revision: 2 }));
    isReinstated = true;
    const standing = access.records.get(username)?.revision;
    const expected = person && person.record.revision - Number(person.kind === 'suspended');
    if (person !== undefined && standing !== expected) return 'conflict';
    if (findings.get(finding.findingId)?.decision !== undefined) return 'conflict';
    findings.set(finding.findingId, finding);
    if (person?.kind === 'suspended') access.records.set(username, person.record);
    return 'stored';
  };
  const deps = {
    ...access.deps,
    findings: {
      find: async (id: string) => findings.get(id),
      storeDecision: (decided: Parameters<Findings['storeDecision']>[0]) =>
        access.step('store-decision', () => stored(decided)),
    },
  };
  const decide = (request: FindingDecision, caller: Parameters<typeof madeCaller>[0] = {}) =>
    decideFinding(deps)(findingId(1), request, madeCaller(caller));
  return { access, decide };
}
