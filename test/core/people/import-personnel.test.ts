import type { DecideAccess } from '../../../core/access/decision';
import type { PersonnelFeed } from '../../../core/contract/people';
import { importPersonnel } from '../../../core/people/import-personnel';
import { Crash, madeAccess, madeCaller, nowMs } from './made-access';
import { madeRecord } from './made-record';

const names = ['made-up.a', 'made-up.b', 'made-up.c', 'made-up.d', 'made-up.e'];
const everybody = names.map((username) => madeRecord({ username }));
const gone = (...usernames: string[]) => feedOf(usernames.map((userName) => ({ userName, active: false })));

it('disables whoever is marked as gone, as by the administrator’s own call, and nobody else [Access-C]', async () => {
  const access = madeAccess(everybody);
  const outcome = await take(access, [
    { userName: 'made-up.b', active: false },
    { userName: 'made-up.c', active: true },
  ]);
  expect(outcome).toEqual({
    kind: 'taken',
    report: { rows: 2, disabled: ['made-up.b'], alreadyDisabled: 0, unknown: 0, refused: [] },
  });
  expect(access.journal).toEqual([
    'requested',
    'store',
    'person-changed disabled',
    'sweep',
    'sign-out',
    'disable-account',
    'answered',
  ]);
  expect([...access.records.values()].filter(({ disabled }) => disabled)).toMatchObject([
    { username: 'made-up.b' },
  ]);
});

it('says in the log who was disabled by which feed', async () => {
  const access = madeAccess(everybody);
  await takeAs(access, gone('made-up.b', 'made-up.d'));
  const actor = { kind: 'person', username: 'made-up.feed', role: 'personnel-feed' };
  const decision = { outcome: 'permit', rules: ['made-up'] };
  const changed = { kind: 'person-changed', change: 'disabled', because: 'left', actor, decision };
  expect(access.events).toMatchObject([
    { kind: 'requested', operation: 'import-personnel', actor },
    { ...changed, username: 'made-up.b' },
    { ...changed, username: 'made-up.d' },
    {
      kind: 'answered',
      counts: { rows: 2, disabled: 2, alreadyDisabled: 0, unknown: 0, refused: 0 },
      resultIds: ['made-up.b', 'made-up.d'],
    },
  ]);
});

it('changes nothing more when it is sent again', async () => {
  const access = madeAccess(everybody);
  await takeAs(access, gone('made-up.b'));
  const records = new Map(access.records);
  expect(await takeAs(access, gone('made-up.b', 'made-up.b'))).toMatchObject({
    report: { rows: 2, disabled: [], alreadyDisabled: 1, refused: [] },
  });
  expect(new Map(access.records)).toEqual(records);
  expect(access.events.filter(({ kind }) => kind === 'person-changed')).toHaveLength(1);
});

it.each(['not-done', 'done-but-lost'] as const)(
  'names the person whose disablement failed (%s), takes the others, and completes when sent again',
  async (fault) => {
    const access = madeAccess(everybody);
    access.failAt('person-changed disabled', fault);
    expect(await takeAs(access, gone('made-up.a', 'made-up.b'))).toMatchObject({
      report: { refused: [{ row: 1, message: expect.stringMatching(/send the feed again/) }] },
    });
    const again = await takeAs(access, gone('made-up.a', 'made-up.b'));
    expect(again).toMatchObject({ report: { alreadyDisabled: 2, refused: [] } });
    const told = access.events.flatMap((event) => (event.kind === 'person-changed' ? [event.username] : []));
    expect(told.sort()).toEqual(['made-up.a', 'made-up.b']);
    expect(access.unfinished).toEqual(['person-changed disabled']);
  },
);

it('ends a sign-in that could not be ended the first time when it is sent again', async () => {
  const access = madeAccess(everybody);
  access.failAt('disable-account', 'not-done');
  expect(await takeAs(access, gone('made-up.a'))).toMatchObject({
    report: { disabled: ['made-up.a'], refused: [{ row: 1 }] },
  });
  expect(await takeAs(access, gone('made-up.a'))).toMatchObject({ report: { refused: [] } });
  expect(access.journal.filter((step) => step === 'disable-account')).toHaveLength(1);
});

it('leaves the directory alone about those who left long ago', async () => {
  const access = madeAccess([...everybody, madeRecord({ username: 'made-up.old', disabled: true })]);
  expect(await takeAs(access, gone('made-up.old'))).toMatchObject({ report: { alreadyDisabled: 1 } });
  expect(access.journal).toEqual(['requested', 'answered']);
});

it('changes nothing when more than half of everybody would be disabled', async () => {
  const access = madeAccess([
    ...everybody,
    feedRecord,
    madeRecord({ username: 'made-up.z', disabled: true }),
  ]);
  expect(await takeAs(access, gone('made-up.a', 'made-up.b', 'made-up.c'))).toEqual({
    kind: 'conflict',
    clause: 'Access-C',
    message: 'This feed would end the access of 3 of 5 people, more than half. Nothing was done.',
    remedy: expect.any(String),
  });
  expect(access.journal).toEqual(['requested', 'answered']);
  expect(access.events.at(-1)).toMatchObject({ counts: { disabled: 0, heldBack: 3 } });
  expect(await takeAs(access, gone('made-up.a', 'made-up.b'))).toMatchObject({ kind: 'taken' });
});

it('refuses rows that contradict each other or name no person, and counts who never had access', async () => {
  const access = madeAccess([...everybody, feedRecord]);
  const outcome = await take(access, [
    { userName: 'made-up.a', active: false },
    { userName: 'made-up.feed', active: false },
    { userName: 'made-up.nobody', active: false },
    { userName: 'made-up.a', active: true },
    { userName: 'made-up.b', active: false },
    'no user',
  ]);
  expect(outcome).toMatchObject({
    report: {
      rows: 6,
      disabled: ['made-up.b'],
      unknown: 1,
      refused: [
        { row: 1, message: 'the name is in the feed as present and as gone' },
        { row: 2, message: 'the name is the personnel system’s own, and no person' },
        { row: 4, message: 'the name is in the feed as present and as gone' },
        { row: 6 },
      ],
    },
  });
});

it('decides on each person, and refuses the row whose person the sender may not disable [Policy-D]', async () => {
  const access = madeAccess(everybody);
  const decide: DecideAccess = (request) =>
    request.subject?.username === 'made-up.a'
      ? { ...denial, policyVersion: 'made-up' }
      : access.deps.decide(request);
  const outcome = await importPersonnel({ ...access.deps, decide })(gone('made-up.a', 'made-up.b'), caller);
  expect(outcome).toMatchObject({
    report: { disabled: ['made-up.b'], refused: [{ row: 1, message: 'made-up message' }] },
  });
  expect(access.records.get('made-up.a')).toEqual(madeRecord({ username: 'made-up.a' }));
  expect(access.events.filter(({ kind }) => kind === 'refused')).toMatchObject([
    { operation: 'import-personnel', queried: { username: 'made-up.a' }, decision: { outcome: 'deny' } },
  ]);
  expect(access.asked.at(-1)).toMatchObject({
    subject: { username: 'made-up.b', role: 'officer' },
    agencies: ['bloomington-pd'],
  });
});

it('reads nothing of a feed that cannot be read or that the policy refuses', async () => {
  const access = madeAccess(everybody);
  expect(await takeAs(access, { kind: 'csv', text: 'x' })).toMatchObject({ kind: 'invalid', field: 'text' });
  const refusing = importPersonnel({
    ...access.deps,
    decide: () => ({ ...denial, policyVersion: 'made-up' }),
  });
  expect(await refusing(gone('made-up.a'), caller)).toMatchObject({ kind: 'refused', denial });
  expect(access.journal).toEqual([]);
});

it('answers nothing that the log does not hold', async () => {
  const access = madeAccess(everybody);
  access.failAt('answered', 'not-done');
  await expect(takeAs(access, gone('made-up.a'))).rejects.toThrow(Crash);
});

const denial = {
  kind: 'deny',
  clause: 'Policy-D',
  message: 'made-up message',
  remedy: 'made-up remedy',
  rules: [],
} as const;
const caller = madeCaller({ username: 'made-up.feed', role: 'personnel-feed', device: 'machine' });
const feedRecord = madeRecord({ username: 'made-up.feed', role: 'personnel-feed', training: new Map() });

function feedOf(Resources: unknown[]): PersonnelFeed {
  return { kind: 'scim', Resources };
}

function takeAs(access: ReturnType<typeof madeAccess>, feed: PersonnelFeed) {
  expect(access.deps.events.now()).toBe(nowMs);
  return importPersonnel(access.deps)(feed, caller);
}

function take(access: ReturnType<typeof madeAccess>, users: unknown[]) {
  return takeAs(access, feedOf(users));
}
