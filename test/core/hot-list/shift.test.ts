import { shiftEndMs } from '../../../core/hot-list/shift';

const shifts = [
  { startsAt: '07:00', endsAt: '15:00' },
  { startsAt: '15:00', endsAt: '23:00' },
  { startsAt: '23:00', endsAt: '07:00' },
];
const endAt = (now: string, given = shifts) => {
  const endMs = shiftEndMs(given, 'America/Chicago', Date.parse(now));
  return endMs === undefined ? undefined : new Date(endMs).toISOString();
};

it.each([
  ['in the middle of the first shift', '2026-11-24T16:30:40.5Z', '2026-11-24T21:00:00.000Z'],
  ['at the first moment of the second shift', '2026-11-24T21:00:00Z', '2026-11-25T05:00:00.000Z'],
  ['at the last millisecond of the second shift', '2026-11-25T04:59:59.999Z', '2026-11-25T05:00:00.000Z'],
  ['before midnight, in the night shift', '2026-11-25T05:30:00Z', '2026-11-25T13:00:00.000Z'],
  ['after midnight, in the night shift', '2026-11-25T06:30:00Z', '2026-11-25T13:00:00.000Z'],
  ['in the night on which the clock is set back', '2026-11-01T05:00:00Z', '2026-11-01T13:00:00.000Z'],
  ['in the night on which the clock is set forward', '2027-03-14T06:00:00Z', '2027-03-14T12:00:00.000Z'],
])('ends the shift by the wall clock of the department, %s [Policy-H.f]', (_, now, end) => {
  expect(endAt(now)).toBe(end);
});

it('knows no end when no shift runs', () => {
  expect(endAt('2026-11-25T08:00:00Z', shifts.slice(0, 2))).toBeUndefined();
});

it('takes the first end of shifts that overlap', () => {
  const early = { startsAt: '06:00', endsAt: '12:00' };
  expect(endAt('2026-11-24T16:30:00Z', [...shifts, early])).toBe('2026-11-24T18:00:00.000Z');
});

it('takes a shift that ends where it begins for a whole day', () => {
  const whole = [{ startsAt: '07:00', endsAt: '07:00' }];
  expect(endAt('2026-11-24T13:00:00Z', whole)).toBe('2026-11-25T13:00:00.000Z');
  expect(endAt('2026-11-24T12:59:00Z', whole)).toBe('2026-11-24T13:00:00.000Z');
});
