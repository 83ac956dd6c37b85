import { setDuty } from '../../../core/people/duty';
import { Crash, madeAccess, madeCaller } from './made-access';

const username = 'made-up.officer';
const caller = madeCaller({ username, role: 'officer' });

it('begins duty for so many hours as the configuration gives at most [Access-G]', async () => {
  const access = madeAccess();
  expect(await setDuty(access.deps)({ onDuty: true }, caller)).toEqual({
    kind: 'set',
    untilMs: Date.parse('2026-11-25T00:00:00Z'),
  });
  expect(access.journal).toEqual([
    'requested',
    'begin 2026-11-25T00:00:00.000Z',
    'person-changed duty-begun',
    'answered',
  ]);
});

it('ends duty, and then has open connections closed [Access-G]', async () => {
  const access = madeAccess();
  expect(await setDuty(access.deps)({ onDuty: false }, caller)).toEqual({ kind: 'set' });
  expect(access.journal).toEqual(['requested', 'end', 'person-changed duty-ended', 'sweep', 'answered']);
  expect(access.events[1]).toMatchObject({ actor: { username }, username, change: 'duty-ended' });
});

it('is off duty although the connections could not be looked at, and tells of it', async () => {
  const access = madeAccess();
  access.failAt('sweep', 'not-done');
  expect(await setDuty(access.deps)({ onDuty: false }, caller)).toEqual({ kind: 'set' });
  expect(access.unfinished).toEqual(['sweep']);
});

it.each(['requested', 'end', 'person-changed duty-ended', 'answered'])(
  'gives no answer after a crash at %s, and the same call again completes it',
  async (step) => {
    const access = madeAccess();
    access.failAt(step, 'not-done');
    await expect(setDuty(access.deps)({ onDuty: false }, caller)).rejects.toThrow(Crash);
    expect(await setDuty(access.deps)({ onDuty: false }, caller)).toEqual({ kind: 'set' });
    expect(access.journal).toEqual(expect.arrayContaining(['end', 'person-changed duty-ended', 'sweep']));
  },
);
