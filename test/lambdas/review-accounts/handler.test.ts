import { makeHandler } from '../../../lambdas/review-accounts/handler';
import { putLastUse } from '../../adapters/people/made-people';
import { madeRecord } from '../../core/people/made-record';
import { nowMs, type System, startSystem } from '../manage-people/made-system';
import { recordedCounters, recordedLog } from '../recorded';

const longAgo = nowMs - 91 * 86_400_000;
let system: System;
beforeAll(async () => {
  system = await startSystem([
    madeRecord({ admittedAtMs: longAgo }),
    madeRecord({ username: 'made-up.active', admittedAtMs: longAgo }),
    madeRecord({ username: 'made-up.chief', role: 'chief', admittedAtMs: longAgo }),
    madeRecord({ username: 'made-up.undated' }),
  ]);
});
beforeEach(async () => {
  await system.reset();
  await putLastUse(system.local, 'made-up.active', nowMs - 86_400_000);
});
afterAll(() => system.local.stop());

it('disables what nobody used for 90 days and counts it; the Chief’s account stays [Access-C]', async () => {
  const { counters, figures } = recordedCounters();
  await makeHandler({ ...system.deps, counters, ...recordedLog() })();
  const disabled = (await system.deps.records.list()).filter((each) => each.disabled);
  expect(disabled.map(({ username }) => username)).toEqual(['made-up.officer']);
  expect(system.done).toEqual(['sweep', 'sign-out made-up.officer', 'disable made-up.officer']);
  expect(figures).toEqual([
    'AccountsDisabledUnused 1',
    'AccountsSpared 1',
    'AccountsUndated 1',
    'AccountsUnreviewed 0',
  ]);
});

it('fails as a whole when an account could not be reviewed, so that it is run again', async () => {
  const { counters, figures } = recordedCounters();
  const { log, lines } = recordedLog();
  system.api.audit.isDown = true;
  const handler = makeHandler({ ...system.deps, counters, log });
  await expect(handler()).rejects.toThrow(expect.objectContaining({ name: 'ReviewIncomplete' }));
  expect(figures).toContain('AccountsUnreviewed 1');
  expect(lines.join()).not.toContain('made-up.officer');
  system.api.audit.isDown = false;
  await handler();
  expect(system.api.events).toMatchObject([
    { kind: 'person-changed', change: 'disabled', because: 'unused' },
  ]);
});
