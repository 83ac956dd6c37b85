import type { AuditEvent } from '../../../core/audit/event';
import { type Finding, findingIdOf } from '../../../core/findings/finding';
import { makeFindingSink } from '../../../core/findings/raise-finding';
import { madeCause } from './made-finding';

const nowMs = Date.parse('2026-11-24T12:00:00Z');

it('makes one finding and one event of one cause, however often and whenever it is told [Acct-A]', async () => {
  const { sink, findings, events, clock } = madeSink();
  await sink.raise(madeCause);
  clock.nowMs += 1000;
  await sink.raise({ ...madeCause, summary: 'The same in other words.' });
  expect(findings).toMatchObject([{ kind: 'shared-account', raisedAtMs: nowMs, summary: madeCause.summary }]);
  expect(events.map(({ eventId, atMs }) => ({ eventId, atMs }))).toEqual([
    { eventId: events[0]?.eventId, atMs: nowMs },
    { eventId: events[0]?.eventId, atMs: nowMs },
  ]);
  expect(events[0]).toMatchObject({
    kind: 'finding-raised',
    finding: 'shared-account',
    severity: 'medium',
    username: 'made-up.officer',
    clause: 'Access-C',
    eventIds: ['00000000-0000-4000-8000-00000000e001'],
  });
});

it('makes another finding of another cause, kind or person', () => {
  const ids = [
    madeCause,
    { ...madeCause, cause: 'made-up-session-1 made-up-session-3' },
    { ...madeCause, kind: 'impossible-travel' as const },
    { ...madeCause, username: 'made-up.other' },
  ].map(findingIdOf);
  expect(new Set(ids).size).toBe(4);
});

it('tells the event when the first telling died before it [Acct-A]', async () => {
  const { sink, findings, events, log } = madeSink();
  log.isDown = true;
  await expect(sink.raise(madeCause)).rejects.toThrow('down');
  log.isDown = false;
  await sink.raise(madeCause);
  expect([findings.length, events.length]).toEqual([1, 1]);
});

function madeSink() {
  const findings: Finding[] = [];
  const events: AuditEvent[] = [];
  const clock = { nowMs };
  const log = { isDown: false };
  const sink = makeFindingSink({
    findings: {
      putNew: async (finding) => {
        const standing = findings.find(({ findingId }) => findingId === finding.findingId);
        if (standing === undefined) findings.push(finding);
        return standing ?? finding;
      },
    },
    onceAudit: {
      appendOnce: async (event) => {
        if (log.isDown) throw new Error('down');
        events.push(event);
      },
    },
    now: () => clock.nowMs,
  });
  return { sink, findings, events, clock, log };
}
