import type { Enrolment } from '../../../core/cameras/ports';
import { daysToSum, sumDueMs } from '../../../core/reports/day-sum';
import { sumDay } from '../../../core/reports/sum-day';
import { captureDay } from '../../../core/retention/day';
import { madeDayKeys } from '../../adapters/made-day-keys';

const ms = (text: string) => Date.parse(text);
const camera = (cameraId: string, changes: Partial<Enrolment> = {}): Enrolment => ({
  cameraId,
  network: 'bloomington',
  kind: 'fixed',
  certificateId: 'made-up',
  enrolledBy: 'administrator-made-up',
  enrolledAtMs: ms('2026-11-03T09:00:00Z'),
  ...changes,
});
const due = (now: string, retentionDays = 30) =>
  daysToSum(ms(now), { retentionDays, enrolments: [camera('fixed-1')] });

it('sums a day from 02:10 UTC of the next day on', () => {
  expect(new Date(sumDueMs(captureDay(ms('2026-11-05T12:00:00Z')))).toISOString()).toBe(
    '2026-11-06T02:10:00.000Z',
  );
  expect(due('2026-11-06T02:09:59Z').at(-1)).toBe('2026-11-04');
  expect(due('2026-11-06T02:10:00Z').at(-1)).toBe('2026-11-05');
});

it('asks for each day since the first camera, oldest first, and none that is forgotten', () => {
  expect(due('2026-11-06T03:00:00Z')).toEqual(['2026-11-03', '2026-11-04', '2026-11-05']);
  expect(due('2026-12-04T03:00:00Z')[0]).toBe('2026-11-05');
  expect(due('2026-12-04T03:00:00Z')).toHaveLength(29);
  expect(due('2026-11-06T03:00:00Z', 1)).toEqual([]);
});

it('asks for the newest day even where no camera is enrolled', () => {
  const enrolments: Enrolment[] = [];
  expect(daysToSum(ms('2026-11-06T03:00:00Z'), { retentionDays: 30, enrolments })).toEqual(['2026-11-05']);
});

describe('the sum of a day', () => {
  const day = captureDay(ms('2026-11-05T00:00:00Z'));
  const deps = (now: () => number) => {
    const dayKeys = madeDayKeys(now);
    return {
      dayKeys,
      retentionDays: 30,
      now,
      counts: {
        reads: async (placeKey: Uint8Array) => {
          const key = await dayKeys.forReading(day);
          const wanted = key?.placeKey('bloomington', 'fixed-1', '2026-11-05T23') ?? new Uint8Array();
          return Buffer.from(placeKey).equals(wanted) ? 5 : 0;
        },
        quarantined: async (hour: string) => (hour === '2026-11-05T07' ? { moved: 2 } : {}),
        alerts: async () => ({ open: 1 }),
      },
    };
  };

  it('counts each camera, each hour and each reason, and leaves out who was retired before', async () => {
    const enrolments = [
      camera('fixed-1'),
      camera('car-7', { network: 'normal' }),
      camera('old-1', { retiredAtMs: ms('2026-11-04T23:59:59Z') }),
    ];
    expect(
      await sumDay(
        deps(() => ms('2026-11-06T02:10:00Z')),
        day,
        enrolments,
      ),
    ).toEqual({
      day: '2026-11-05',
      reads: { bloomington: { 'fixed-1': 5 }, normal: { 'car-7': 0 } },
      quarantined: { moved: 2 },
      alerts: { open: 1 },
    });
  });

  it('is none where the day was forgotten while it was counted', async () => {
    let asked = 0;
    const now = () => (asked++ < 20 ? ms('2026-12-04T23:59:59Z') : ms('2026-12-05T00:00:00Z'));
    expect(await sumDay(deps(now), day, [camera('fixed-1')])).toBeUndefined();
  });
});
