import type { Finding } from '../../../core/findings/finding';
import { listFindings } from '../../../core/findings/list-findings';
import type { FindingState } from '../../../core/findings/ports';
import { madeAccess, madeCaller } from '../people/made-access';
import { madeRecord } from '../people/made-record';
import { findingId, madeFinding } from './made-finding';

const about = {
  officer: madeFinding({ findingId: findingId(1) }),
  administrator: madeFinding({
    findingId: findingId(2),
    username: 'made-up.administrator',
    role: 'administrator',
  }),
  colleague: madeFinding({ findingId: findingId(3), username: 'made-up.colleague', role: 'administrator' }),
  promoted: madeFinding({ findingId: findingId(4), username: 'made-up.promoted', role: 'officer' }),
  demoted: madeFinding({ findingId: findingId(5), username: 'made-up.demoted', role: 'administrator' }),
  chief: madeFinding({ findingId: findingId(6), username: 'made-up.chief', role: 'chief' }),
  auditor: madeFinding({ findingId: findingId(7), username: 'made-up.auditor', role: 'auditor' }),
} as const;
type Name = keyof typeof about;
const all = Object.values(about);
const people = [
  madeRecord(),
  madeRecord({ username: 'made-up.administrator', role: 'administrator' }),
  madeRecord({ username: 'made-up.colleague', role: 'administrator' }),
  madeRecord({ username: 'made-up.promoted', role: 'administrator' }),
  madeRecord({ username: 'made-up.demoted', role: 'officer' }),
  madeRecord({ username: 'made-up.chief', role: 'chief' }),
  madeRecord({ username: 'made-up.auditor', role: 'auditor' }),
];

it.each<[string, Parameters<typeof madeCaller>[0], Name[]]>([
  ['the administrator', {}, ['officer']],
  [
    'the Chief',
    { username: 'made-up.chief', role: 'chief' },
    ['officer', 'administrator', 'colleague', 'promoted', 'demoted', 'auditor'],
  ],
  [
    'the auditor',
    { username: 'made-up.auditor', role: 'auditor' },
    ['officer', 'administrator', 'colleague', 'promoted', 'demoted', 'chief'],
  ],
])(
  'shows %s neither his own findings nor those of offices that are not his to see [Policy-D] [Acct-A]',
  async (_, caller, expected) => {
    const { findings } = await list(all, caller);
    expect(
      findings.map((id) => Object.entries(about).find(([, each]) => each.findingId === id)?.[0]),
    ).toEqual(expected);
  },
);

it('lists the raised last first, and decided ones only when asked', async () => {
  const decision = { outcome: 'upheld', words: 'made-up words', by: 'made-up.chief', atMs: 1 } as const;
  const findings = [
    madeFinding({ findingId: findingId(1), raisedAtMs: 1 }),
    madeFinding({ findingId: findingId(2), raisedAtMs: 2 }),
    madeFinding({ findingId: findingId(3), raisedAtMs: 3, decision }),
    madeFinding({ findingId: findingId(4), raisedAtMs: 4, decision: { ...decision, outcome: 'explained' } }),
  ];
  expect(await list(findings)).toEqual({ findings: [findingId(2), findingId(1)], truncated: false });
  expect(await list(findings, {}, 'decided')).toEqual({
    findings: [findingId(4), findingId(3)],
    truncated: false,
  });
});

it('shows two hundred and says that there are more', async () => {
  const many = Array.from({ length: 201 }, (_, at) =>
    madeFinding({ findingId: findingId(at), raisedAtMs: at }),
  );
  const { findings, truncated } = await list(many);
  expect([findings.length, findings[0], truncated]).toEqual([200, findingId(200), true]);
});

it('records who was shown which findings [Acct-A]', async () => {
  const access = madeAccess(people);
  await listFindings(depsOf(access, all))({}, madeCaller());
  expect(access.events).toMatchObject([
    { kind: 'requested', operation: 'list-findings' },
    { kind: 'answered', counts: { findings: 1 }, resultIds: [findingId(1)] },
  ]);
});

function depsOf(access: ReturnType<typeof madeAccess>, findings: readonly Finding[]) {
  const newest = async (state: FindingState, limit: number) =>
    findings
      .filter(({ decision }) => (decision?.outcome ?? 'open') === state)
      .sort((a, b) => b.raisedAtMs - a.raisedAtMs)
      .slice(0, limit);
  return { ...access.deps, findings: { newest } };
}

async function list(
  findings: readonly Finding[],
  caller: Parameters<typeof madeCaller>[0] = {},
  state?: 'open' | 'decided',
) {
  const outcome = await listFindings(depsOf(madeAccess(people), findings))({ state }, madeCaller(caller));
  if (outcome.kind !== 'listed') throw new Error('it was refused');
  return { findings: outcome.findings.map((each) => each.findingId), truncated: outcome.truncated };
}
