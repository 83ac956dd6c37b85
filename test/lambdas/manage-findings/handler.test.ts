import { DecidedFindings } from '../../../adapters/findings/findings';
import { makeHandler as makeDutyHandler } from '../../../lambdas/manage-duty/handler';
import { makeHandler } from '../../../lambdas/manage-findings/handler';
import { findingId, madeFinding } from '../../core/findings/made-finding';
import { callAs, type System, startSystem } from '../manage-people/made-system';

let system: System;
let findings: DecidedFindings;
beforeAll(async () => {
  system = await startSystem();
});
beforeEach(async () => {
  await system.reset();
  findings = new DecidedFindings({ dynamo: system.dynamo, table: 'Findings', peopleTable: 'People' });
  await findings.putNew(madeFinding({ findingId: findingId(1) }));
  await findings.putNew(
    madeFinding({ findingId: findingId(2), username: 'made-up.administrator', role: 'administrator' }),
  );
  await findings.putNew(madeFinding({ findingId: findingId(3), username: 'made-up.chief', role: 'chief' }));
});
afterAll(() => system.local.stop());

const words = 'For a made-up reason of some length.';
const list = async (username: string, query: Record<string, string> = {}) => {
  const { status, body } = await callAs(handler(), 'list-findings', username, { query });
  const listed = Array.isArray(body.findings) ? body.findings : [];
  return { status, ids: listed.map((each) => each.findingId).sort() };
};
const decide = (username: string, at: number, outcome: string) =>
  callAs(handler(), 'decide-finding', username, {
    path: { findingId: findingId(at) },
    body: { outcome, words },
  });
const handler = () => makeHandler({ ...system.deps, findings });

it.each([
  ['made-up.administrator', [1]],
  ['made-up.second-administrator', [1]],
  ['made-up.chief', [1, 2]],
  ['made-up.auditor', [1, 2, 3]],
])(
  'shows %s the findings %j: none about himself, and offices to the Chief and the auditor alone [Policy-D] [Acct-A]',
  async (username, expected) => {
    expect(await list(username)).toEqual({ status: 200, ids: expected.map(findingId) });
  },
);

it.each([['made-up.officer'], ['made-up.supervisor'], ['made-up.designee']])(
  'shows %s no finding at all [Policy-D]',
  async (username) => {
    expect((await list(username)).status).toBe(403);
  },
);

it('suspends in the step that upholds: the very next request is refused [Acct-C]', async () => {
  const show = () => callAs(makeDutyHandler(system.deps), 'show-own-standing', 'made-up.officer');
  expect((await show()).status).toBe(200);
  expect(await decide('made-up.administrator', 1, 'upheld')).toMatchObject({
    status: 200,
    body: { state: 'upheld', decidedBy: 'made-up.administrator', words },
  });
  expect(await show()).toMatchObject({ status: 403, body: { clause: 'Acct-C' } });
  expect(system.done).toEqual(['sweep', 'sign-out made-up.officer']);
  expect((await list('made-up.administrator')).ids).toEqual([]);
  expect((await list('made-up.administrator', { state: 'decided' })).ids).toEqual([findingId(1)]);
});

it.each([
  ['made-up.administrator', 2, 'himself'],
  ['made-up.second-administrator', 2, 'an administrator'],
  ['made-up.chief', 3, 'himself'],
  ['made-up.administrator', 3, 'the Chief'],
  ['made-up.auditor', 1, 'anybody'],
  ['made-up.supervisor', 1, 'anybody'],
])('does not let %s decide finding %i, about %s [Acct-C]', async (username, at) => {
  expect(await decide(username, at, 'explained')).toMatchObject({ status: 403, body: { clause: 'Acct-C' } });
  expect((await findings.find(findingId(at)))?.decision).toBeUndefined();
});

it('lets the Chief decide about an administrator, once [Acct-C]', async () => {
  expect((await decide('made-up.chief', 2, 'referred')).status).toBe(200);
  expect(await decide('made-up.chief', 2, 'explained')).toMatchObject({ status: 409 });
  expect(await system.deps.records.find('made-up.administrator')).toMatchObject({ suspended: true });
});

it('answers that a finding is not there to those who may decide', async () => {
  expect((await decide('made-up.administrator', 9, 'upheld')).status).toBe(404);
});
