import { makeHandler } from '../../../lambdas/seal-audit-log/handler';
import { parseLock } from '../../../lambdas/seal-audit-log/lock';
import { MadeLog, Struck } from '../../core/audit/log/made-log';
import { recordedCounters } from '../recorded';

it('seals what waits and reports that nothing is left waiting', async () => {
  const log = new MadeLog();
  const { counters, figures } = recordedCounters();
  log.append(5);
  expect(await makeHandler({ ...log.deps(), counters })()).toEqual({ sealed: 5, size: 5, unreadable: 0 });
  expect(figures).toEqual(['EventsSealed 5', 'UnsealableEvents 0', 'OldestUnsealedAgeSeconds 0']);
});

it('reports how long the oldest event has waited when it cannot seal all', async () => {
  const log = new MadeLog();
  const { counters, figures } = recordedCounters();
  log.append(5);
  const madeAtMs = log.nowMs;
  const limits = { batchMax: 2, roundsMax: 1, republishAfterMs: 1 };
  const now = () => madeAtMs + 90_000;
  await makeHandler({ ...log.deps(), counters, limits, now })();
  expect(figures).toContain('OldestUnsealedAgeSeconds 90');
});

it('fails without a figure when a store fails, and the next run goes on', async () => {
  const log = new MadeLog();
  const { counters, figures } = recordedCounters();
  log.append(5);
  let calls = 0;
  const storm = { pause: async () => undefined, strike: () => (++calls === 6 ? 'not-done' : 'no') } as const;
  await expect(makeHandler({ ...log.deps(storm), counters })()).rejects.toThrow(Struck);
  expect(figures).toEqual([]);
  expect(await makeHandler({ ...log.deps(), counters })()).toMatchObject({ size: 5 });
});

it('does not start with a lock that locks nothing', () => {
  expect(parseLock('COMPLIANCE', '3650')).toEqual({ mode: 'COMPLIANCE', days: 3650 });
  for (const [mode, days] of [
    ['NONE', '10'],
    ['GOVERNANCE', '0'],
    ['GOVERNANCE', 'x'],
  ] as const)
    expect(() => parseLock(mode, days)).toThrow();
});
