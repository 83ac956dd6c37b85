import { changeAccess } from '../../../core/people/change-people';
import type { PersonChange } from '../../../core/people/life-cycle';
import { Crash, type Fault, madeAccess, madeCaller, nowMs } from './made-access';
import { madeRecord } from './made-record';

const username = 'made-up.officer';
const suspension = { kind: 'suspended', because: 'made-up words' } as const;
const disablement = { kind: 'disabled', because: 'left' } as const;
const operations = {
  assigned: 'assign-person',
  designated: 'designate-person',
  disabled: 'disable-person',
  suspended: 'suspend-person',
  reinstated: 'reinstate-person',
  trained: 'record-training',
} as const;

it('stores a suspension before its event, and ends connections and sign-ins before it answers [Acct-C]', async () => {
  const access = madeAccess([madeRecord()]);
  expect(await change(access, suspension)).toMatchObject({
    kind: 'changed',
    person: { username, access: 'suspended' },
  });
  expect(access.journal).toEqual([
    'requested',
    'store',
    'person-changed suspended',
    'sweep',
    'sign-out',
    'answered',
  ]);
});

it('disables the account too when access ends for good [Access-C]', async () => {
  const access = madeAccess([madeRecord()]);
  expect(await change(access, disablement)).toMatchObject({ person: { access: 'disabled' } });
  expect(access.journal.slice(1, -1)).toEqual([
    'store',
    'person-changed disabled',
    'sweep',
    'sign-out',
    'disable-account',
  ]);
});

it('disables an account whose sign-ins could not be ended [Access-C]', async () => {
  const access = madeAccess([madeRecord()]);
  access.failAt('sign-out', 'not-done');
  await change(access, disablement);
  expect(access.journal).toContain('disable-account');
  expect(access.unfinished).toEqual(['sign-out']);
});

it('sets the group of a new role after the record', async () => {
  const access = madeAccess([madeRecord()]);
  await change(access, { kind: 'assigned', role: 'dispatcher', division: 'communications', sworn: false });
  expect(access.journal.slice(1, -1)).toEqual([
    'store',
    'person-changed assigned',
    'sweep',
    'set-role dispatcher',
  ]);
});

it('says who changed what of whom, by which decision [Policy-D]', async () => {
  const access = madeAccess([madeRecord()]);
  const chief = madeCaller({ username: 'made-up.chief', role: 'chief' });
  await change(access, { kind: 'designated', role: 'administrator', division: 'cid-command' }, chief);
  expect(access.events).toMatchObject([
    { kind: 'requested', operation: 'designate-person', queried: { username } },
    {
      kind: 'person-changed',
      actor: { username: 'made-up.chief', role: 'chief' },
      username,
      change: 'designated',
      role: 'administrator',
      division: 'cid-command',
      decision: { outcome: 'permit', rules: ['made-up'] },
    },
    { kind: 'answered', counts: { changed: 1, unfinished: 0 }, resultIds: [username] },
  ]);
});

it.each([
  [suspension, { subject: { username, role: 'auditor' }, agencies: ['bloomington-pd'] }],
  [
    { kind: 'assigned', role: 'officer', division: 'patrol', sworn: true },
    { subject: { username, role: 'auditor' }, newRole: 'officer' },
  ],
  [
    { kind: 'designated', role: 'administrator', division: 'cid-command' },
    { subject: { username, role: 'auditor' }, newRole: 'administrator' },
  ],
] as const)('asks the policy about whom it is and what would become of him (%#)', async (asked, expected) => {
  const access = madeAccess([madeRecord({ role: 'auditor' })]);
  await change(access, asked);
  expect(access.asked[0]).toMatchObject({ ...expected, operation: operations[asked.kind], nowMs });
});

it('asks the policy anew when the person got an office meanwhile, and then stores nothing [Acct-C]', async () => {
  const access = madeAccess([madeRecord()]);
  const deps = {
    ...access.deps,
    decide: (request: Parameters<typeof access.deps.decide>[0]) => {
      if (request.subject?.role === 'officer') {
        access.records.set(username, madeRecord({ role: 'administrator', revision: 2 }));
        return access.deps.decide(request);
      }
      const rest = { clause: 'Acct-C', message: 'no', remedy: 'none', rules: [], policyVersion: 'made-up' };
      return { kind: 'deny', ...rest } as const;
    },
  };
  const outcome = await changeAccess(deps, 'suspend-person')(username, suspension, madeCaller());
  expect(outcome).toMatchObject({ kind: 'refused', denial: { clause: 'Acct-C' } });
  expect(access.records.get(username)).toMatchObject({ suspended: false });
});

it('decides anew on what others stored meanwhile, and gives up after five times', async () => {
  const access = madeAccess([madeRecord()]);
  let meanwhile = 1;
  const store: typeof access.deps.records.store = async (record) => {
    if (meanwhile-- > 0) access.records.set(username, madeRecord({ division: 'street-crimes', revision: 2 }));
    return access.deps.records.store(record);
  };
  const deps = { ...access.deps, records: { ...access.deps.records, store } };
  const suspend = changeAccess(deps, 'suspend-person');
  expect(await suspend(username, suspension, madeCaller())).toMatchObject({ kind: 'changed' });
  expect(access.records.get(username)).toMatchObject({
    division: 'street-crimes',
    suspended: true,
    revision: 3,
  });

  const never = { ...deps, records: { ...deps.records, store: async () => 'conflict' as const } };
  access.records.set(username, madeRecord());
  expect(await changeAccess(never, 'suspend-person')(username, suspension, madeCaller())).toEqual({
    kind: 'busy',
  });
});

it('finds nobody of a name without a record, whom it decided on like one without any office', async () => {
  const access = madeAccess();
  expect(await change(access, suspension)).toEqual({ kind: 'not-found' });
  expect(access.asked[0]).toMatchObject({ subject: { username, role: 'officer' } });
});

it('names the fields that do not fit the configuration and asks nothing of the log', async () => {
  const access = madeAccess([madeRecord()]);
  const outcome = await change(access, { kind: 'assigned', role: 'officer', division: 'none', sworn: true });
  expect(outcome).toMatchObject({ kind: 'invalid', faults: [{ field: 'division' }] });
  expect(access.events).toEqual([]);
});

describe.each(['not-done', 'done-but-lost'] as const)('a crash (%s)', (fault) => {
  it.each(['store', 'person-changed disabled', 'answered'])(
    'at %s gives no answer, and repeating completes it: one change, one event [Access-C]',
    async (step) => {
      const access = madeAccess([madeRecord()]);
      await crashThenRepeat(access, step, fault);
      expect(access.records.get(username)).toMatchObject({ disabled: true, revision: 2 });
      expect(access.events.filter(({ kind }) => kind === 'person-changed')).toHaveLength(1);
      expect(access.journal).toEqual(expect.arrayContaining(['sweep', 'sign-out', 'disable-account']));
    },
  );

  it.each(['sweep', 'sign-out', 'disable-account'])(
    'of %s after the record leaves a true answer, is told of, and repeating does it again [Acct-C]',
    async (step) => {
      const access = madeAccess([madeRecord()]);
      access.failAt(step, fault);
      expect(await change(access, disablement)).toMatchObject({ person: { access: 'disabled' } });
      expect(access.unfinished).toEqual([step]);
      expect(access.events.at(-1)).toMatchObject({ kind: 'answered', counts: { changed: 1, unfinished: 1 } });
      access.journal.length = 0;
      await change(access, disablement);
      expect(access.journal).toContain(step);
      expect(access.events.at(-1)).toMatchObject({ kind: 'answered', counts: { changed: 0, unfinished: 0 } });
    },
  );

  it('between the record and its event loses no event, also when somebody else changes the person next', async () => {
    const access = madeAccess([madeRecord()]);
    access.failAt('person-changed suspended', fault);
    await expect(change(access, suspension)).rejects.toThrow(Crash);
    await change(access, { kind: 'trained', topic: 'policy', takenOn: '2026-11-20' });
    expect(access.events.filter(({ kind }) => kind === 'person-changed')).toMatchObject([
      { change: 'suspended', atMs: nowMs },
      { change: 'trained', topic: 'policy', because: 'taken on 2026-11-20' },
    ]);
  });
});

it('changes nothing when the log does not take the request', async () => {
  const access = madeAccess([madeRecord()]);
  access.failAt('requested', 'not-done');
  await expect(change(access, suspension)).rejects.toThrow(Crash);
  expect(access.journal).toEqual([]);
});

function change(access: ReturnType<typeof madeAccess>, asked: PersonChange, caller = madeCaller()) {
  return changeAccess(access.deps, operations[asked.kind])(username, asked, caller);
}

async function crashThenRepeat(access: ReturnType<typeof madeAccess>, step: string, fault: Fault) {
  access.failAt(step, fault);
  await expect(change(access, disablement)).rejects.toThrow(Crash);
  expect(await change(access, disablement)).toMatchObject({ person: { access: 'disabled' } });
}
