import type { AuditEvent } from '../../../core/audit/event';
import type { Enrolment } from '../../../core/cameras/ports';
import { makeHandler, SummingUnfinished } from '../../../lambdas/sum-day/handler';
import { madeDayKeys } from '../../adapters/made-day-keys';
import { recordedCounters, recordedLog } from '../recorded';

const nowMs = Date.parse('2026-11-06T02:10:00Z');
const camera: Enrolment = {
  cameraId: 'fixed-1',
  network: 'bloomington',
  kind: 'fixed',
  certificateId: 'made-up',
  enrolledBy: 'administrator-made-up',
  enrolledAtMs: Date.parse('2026-11-04T09:00:00Z'),
};

function setUp(options: { readonly failsFor?: string; readonly log?: Map<string, AuditEvent> } = {}) {
  const events = options.log ?? new Map<string, AuditEvent>();
  const { counters, figures } = recordedCounters();
  const { log, lines } = recordedLog();
  const handler = makeHandler({
    dayKeys: madeDayKeys(() => nowMs),
    counts: {
      reads: async () => 1,
      quarantined: async () => ({}),
      alerts: async (day) => {
        if (day === options.failsFor) throw new Error('made-up failure');
        return { open: 1 };
      },
    },
    enrolments: { list: async () => [camera] },
    known: { find: async ({ atMs, eventId }) => events.get(`${atMs}#${eventId}`) },
    audit: { append: async (event) => void events.set(`${event.atMs}#${event.eventId}`, event) },
    retentionDays: 30,
    counters,
    log,
    now: () => nowMs,
  });
  return { handler, events, figures, lines };
}

describe('sum-day', () => {
  it('records the sum of each day that has none, with what was counted and no more', async () => {
    const { handler, events, figures } = setUp();
    expect(await handler()).toEqual({ summed: ['2026-11-04', '2026-11-05'] });
    expect([...events.values()][1]).toEqual({
      version: 1,
      kind: 'day-summed',
      eventId: expect.any(String),
      atMs: Date.parse('2026-11-06T02:10:00Z'),
      actor: { kind: 'system', name: 'sum-day' },
      day: '2026-11-05',
      countedAtMs: nowMs,
      reads: { bloomington: { 'fixed-1': 24 } },
      quarantined: {},
      alerts: { open: 1 },
    });
    expect(figures).toEqual(['DaysUnsummed 0']);
  });

  it('sums no day a second time', async () => {
    const first = setUp();
    await first.handler();
    const again = setUp({ log: first.events });
    expect(await again.handler()).toEqual({ summed: [] });
    expect(again.events.size).toBe(2);
  });

  it('lets one day’s failure keep no other day from its sum, and tells', async () => {
    const { handler, events, figures, lines } = setUp({ failsFor: '2026-11-04' });
    await expect(handler()).rejects.toThrow(SummingUnfinished);
    expect([...events.values()].map((each) => each.kind === 'day-summed' && each.day)).toEqual([
      '2026-11-05',
    ]);
    expect(figures).toEqual(['DaysUnsummed 1']);
    expect(lines).toEqual(['a day could not be summed {"day":"2026-11-04","name":"Error"}']);
  });
});
