import {
  captureDaysOf,
  monthRange,
  monthsLater,
  newestDueMonth,
  parseReportMonth,
  type ReportMonth,
  reportDueMs,
} from '../../../core/reports/month';
import { madeMonth } from './made-month';

const chicago = { timeZone: 'America/Chicago', dayOfMonth: 1, timeOfDay: '06:00' };
const iso = (ms: number) => new Date(ms).toISOString();
const range = (month: ReportMonth, zone: string) => {
  const { fromMs, toMs } = monthRange(month, zone);
  return [iso(fromMs), iso(toMs)];
};

it('begins and ends a month by the department’s clocks, over a change of them too', () => {
  expect(range(madeMonth('2026-11'), 'America/Chicago')).toEqual([
    '2026-11-01T05:00:00.000Z',
    '2026-12-01T06:00:00.000Z',
  ]);
  expect(range(madeMonth('2026-03'), 'Pacific/Guam')).toEqual([
    '2026-02-28T14:00:00.000Z',
    '2026-03-31T14:00:00.000Z',
  ]);
});

it('counts reads by the month’s dates', () => {
  const days = captureDaysOf(madeMonth('2028-02'));
  expect([days[0], days.at(-1), days.length]).toEqual(['2028-02-01', '2028-02-29', 29]);
});

it('steps over the end of the year', () => {
  expect(monthsLater(madeMonth('2026-12'), 1)).toBe('2027-01');
  expect(monthsLater(madeMonth('2026-01'), -1)).toBe('2025-12');
});

it.each([
  ['2026-12-01T11:59:59Z', '2026-10'],
  ['2026-12-01T12:00:00Z', '2026-11'],
  ['2026-12-31T23:00:00Z', '2026-11'],
  ['2027-01-01T12:00:00Z', '2026-12'],
])('reports, at %s, the month %s', (now, month) => {
  expect(newestDueMonth(Date.parse(now), chicago)).toBe(month);
});

it('is due at the configured time of the department’s clocks', () => {
  expect(iso(reportDueMs(madeMonth('2026-06'), { ...chicago, dayOfMonth: 3 }))).toBe(
    '2026-07-03T11:00:00.000Z',
  );
});

it.each(['2026-13', '2026-00', '26-01', '2026-1', '1969-12', '9999-01', '2026-11-01', ''])(
  'does not take %p for a month',
  (text) => {
    expect(parseReportMonth(text)).toBeUndefined();
  },
);
