import type { Activity } from '../../../core/people/ports';
import type { PersonRecord } from '../../../core/people/record';
import { reviewAccounts, verdictOn } from '../../../core/people/review-accounts';
import { storeChange } from '../../../core/people/store-change';
import { Crash, madeAccess, nowMs } from './made-access';
import { madeRecord } from './made-record';

const dayMs = 86_400_000;
const longAgo = nowMs - 90 * dayMs - 1;
const justInTime = nowMs - 90 * dayMs;

it.each<[string, Partial<PersonRecord>, Activity, string]>([
  ['used 90 days ago', {}, { lastUsedMs: justInTime }, 'keep'],
  ['used longer ago', {}, { lastUsedMs: longAgo }, 'disable'],
  ['never used, enrolled 90 days ago', { admittedAtMs: justInTime }, {}, 'keep'],
  ['never used, enrolled longer ago', { admittedAtMs: longAgo }, {}, 'disable'],
  ['reinstated since the last use', { admittedAtMs: justInTime }, { lastUsedMs: longAgo }, 'keep'],
  ['never used, enrolled nobody knows when', {}, {}, 'undated'],
  ['a Chief’s, used longer ago', { role: 'chief' }, { lastUsedMs: longAgo }, 'spare'],
  ['an administrator’s, used longer ago', { role: 'administrator' }, { lastUsedMs: longAgo }, 'disable'],
  ['the personnel system’s', { role: 'personnel-feed', admittedAtMs: longAgo }, {}, 'keep'],
  ['suspended', { suspended: true, admittedAtMs: longAgo }, {}, 'keep'],
  ['disabled by the operator', { disabled: true, admittedAtMs: longAgo }, {}, 'keep'],
])('of an account %s: %s [Access-C]', (_, facts, activity, expected) => {
  expect(verdictOn(madeRecord(facts), activity, { unusedDays: 90, nowMs })).toBe(expected);
});

it('disables unused accounts by itself, once, with its event [Access-C]', async () => {
  const access = madeAccess([
    madeRecord({ admittedAtMs: longAgo }),
    madeRecord({ username: 'made-up.other', admittedAtMs: nowMs }),
  ]);
  const review = reviewAccounts(access.deps);
  expect(await review()).toEqual({ disabled: 1, spared: 0, undated: 0, failures: [] });
  expect(access.records.get('made-up.officer')).toMatchObject({ disabled: true });
  expect(access.records.get('made-up.other')).toMatchObject({ disabled: false });
  expect(await review()).toMatchObject({ disabled: 0 });
  expect(access.events).toMatchObject([
    {
      kind: 'person-changed',
      actor: { kind: 'system', name: 'review-accounts' },
      username: 'made-up.officer',
      change: 'disabled',
      because: 'unused',
    },
  ]);
});

it('goes on with the others when one account fails, and the next run catches up', async () => {
  const access = madeAccess([
    madeRecord({ admittedAtMs: longAgo }),
    madeRecord({ username: 'made-up.other', admittedAtMs: longAgo }),
  ]);
  access.failAt('store', 'not-done');
  const review = reviewAccounts(access.deps);
  expect(await review()).toMatchObject({ disabled: 1, failures: [expect.any(Error)] });
  expect(await review()).toMatchObject({ disabled: 1, failures: [] });
  expect([...access.records.values()].map(({ disabled }) => disabled)).toEqual([true, true]);
});

it('tells the event of anybody’s change whose teller died before it [Acct-C]', async () => {
  const access = madeAccess([madeRecord({ admittedAtMs: nowMs })]);
  access.failAt('person-changed suspended', 'not-done');
  const by = { actor: { kind: 'system', name: 'made-up' }, nowMs } as const;
  const suspension = { kind: 'suspended', because: 'made-up words' } as const;
  await expect(storeChange(access.deps)('made-up.officer', suspension, by)).rejects.toThrow(Crash);
  expect(access.events).toEqual([]);
  await reviewAccounts(access.deps)();
  expect(access.events).toMatchObject([{ kind: 'person-changed', change: 'suspended' }]);
  expect(access.journal).toContain('sign-out');
});

it('ends on the next day what hung on a disablement and failed, and lets it rest after three', async () => {
  const access = madeAccess([madeRecord({ admittedAtMs: longAgo })]);
  access.failAt('disable-account', 'not-done');
  await reviewAccounts(access.deps)();
  expect(access.unfinished).toEqual(['disable-account']);
  access.journal.length = 0;
  await at(nowMs + dayMs);
  expect(access.journal).toEqual(['person-changed disabled', 'sweep', 'sign-out', 'disable-account']);
  access.journal.length = 0;
  await at(nowMs + 4 * dayMs);
  expect(access.journal).toEqual([]);

  function at(ms: number) {
    return reviewAccounts({ ...access.deps, events: { ...access.deps.events, now: () => ms } })();
  }
});
