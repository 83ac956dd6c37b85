import { type AuditEvent, type AuditFacts, newEvent } from '../../../core/audit/event';
import { sumDueMs, sumEventId } from '../../../core/reports/day-sum';
import { type CaptureDay, captureDay } from '../../../core/retention/day';
import type { DayKeyState } from '../../../core/retention/forgetting';
import {
  makeHandler,
  type ProveRetentionDeps,
  parseRecovery,
} from '../../../lambdas/prove-retention/handler';
import { recordedCounters } from '../recorded';

const nowMs = Date.parse('2026-12-02T00:00:00Z');
const day = (text: string) => captureDay(Date.parse(`${text}T00:00:00Z`));
const live: DayKeyState = { kind: 'live' };

function sumOf(of: CaptureDay, counts: Partial<Extract<AuditFacts, { kind: 'day-summed' }>>): AuditEvent {
  return newEvent(
    { now: () => sumDueMs(of), newId: () => sumEventId(of) },
    {
      kind: 'day-summed',
      actor: { kind: 'system', name: 'sum-day' },
      day: of,
      countedAtMs: 1,
      reads: {},
      quarantined: {},
      alerts: {},
      ...counts,
    },
  );
}

const sums = [
  sumOf(day('2026-11-03'), { quarantined: { moved: 2 } }),
  sumOf(day('2026-11-04'), { reads: { bloomington: { 'fixed-1': 0 }, normal: { 'fixed-2': 7 } } }),
  sumOf(day('2026-11-05'), { alerts: { open: 1 } }),
];

function setUp(changes: Partial<ProveRetentionDeps> & { keys?: ProveRetentionDeps['keys'] } = {}) {
  const told: AuditEvent[] = [];
  const { counters, figures } = recordedCounters();
  const asked: CaptureDay[] = [];
  const handler = makeHandler({
    keys: {
      states: async (days) => {
        asked.push(...days);
        return new Map(
          ['2026-11-03', '2026-11-04', '2026-11-05', '2026-12-02'].map((each) => [day(each), live]),
        );
      },
    },
    objects: {
      images: { days: async () => [day('2026-10-01'), day('2026-11-05')] },
      plateIndex: { days: async () => [] },
    },
    known: { find: async ({ eventId }) => sums.find((each) => each.eventId === eventId) },
    audit: { append: async (event) => void told.push(event) },
    recovery: parseRecovery('dayKeys=none,reads=none'),
    retentionDays: 30,
    counters,
    events: { now: () => nowMs, newId: () => '0b0c3a52-6a5e-4d0e-9a53-000000000001' },
    ...changes,
  });
  return { handler, told, figures, asked };
}

describe('prove-retention', () => {
  it('records what could still be read and how old it is, and how old copies could be had [Storage-A]', async () => {
    const { handler, told, figures } = setUp();
    await handler();
    expect(told).toEqual([
      {
        version: 1,
        kind: 'retention-proven',
        eventId: '0b0c3a52-6a5e-4d0e-9a53-000000000001',
        atMs: nowMs,
        actor: { kind: 'system', name: 'prove-retention' },
        retentionDays: 30,
        daysWithKey: ['2026-11-03', '2026-11-04', '2026-11-05', '2026-12-02'],
        oldestReadHours: 696,
        oldest: { images: '2026-11-05', reads: '2026-11-04', quarantine: '2026-11-03', alerts: '2026-11-05' },
        recovery: { dayKeys: 'none', reads: 'none' },
        faults: [],
      },
    ]);
    expect(figures).toEqual(['OldestReadHours 696', 'RetentionFaults 0']);
  });

  it('looks for keys back to 400 days, so that one that was left behind is found [Storage-A]', async () => {
    const late = { states: async () => new Map([[day('2025-10-28'), live]]) };
    const { handler, told, figures } = setUp({ keys: late });
    await handler();
    expect(told).toMatchObject([{ daysWithKey: ['2025-10-28'], faults: ['key-over-limit'] }]);
    expect(figures).toContain('RetentionFaults 1');
    const { handler: again, asked } = setUp();
    await again();
    expect(asked).toHaveLength(401);
  });

  it.each(['keys', 'images', 'audit'] as const)(
    'claims nothing when it cannot ask or record: %s',
    async (what) => {
      const fails = async () => Promise.reject(new Error('made-up outage'));
      const { handler, figures, told } = setUp({
        ...(what === 'keys' ? { keys: { states: fails } } : {}),
        ...(what === 'images' ? { objects: { images: { days: fails }, plateIndex: { days: fails } } } : {}),
        ...(what === 'audit' ? { audit: { append: fails } } : {}),
      });
      await expect(handler()).rejects.toThrow('made-up outage');
      expect([figures, told]).toEqual([[], []]);
    },
  );

  it.each(['', 'reads', 'reads=some', 'reads=none,', '=none'])(
    'does not guess at the recovery %j',
    (text) => {
      expect(() => parseRecovery(text)).toThrow('cannot be understood');
    },
  );
});
