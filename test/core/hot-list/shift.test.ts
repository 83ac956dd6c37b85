import fc from 'fast-check';
import { nextShiftEndMs, type Shift, shiftEndMs } from '../../../core/hot-list/shift';

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

const zone = 'America/Chicago';
const isoOf = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

it.each([
  ['by day', '2026-11-24T21:00:00Z', '2026-11-25T05:00:00.000Z'],
  ['of an entry that ends within the shift', '2026-11-24T18:20:00Z', '2026-11-25T05:00:00.000Z'],
  ['into the night', '2026-11-25T05:00:00Z', '2026-11-25T13:00:00.000Z'],
  [
    'into the night of 9 hours, on which the clock is set back',
    '2026-11-01T04:00:00Z',
    '2026-11-01T13:00:00.000Z',
  ],
  [
    'into the night of 7 hours, on which it is set forward',
    '2027-03-14T05:00:00Z',
    '2027-03-14T12:00:00.000Z',
  ],
])('ends the next shift by the wall clock too, %s [Policy-H.f]', (_, endsAt, end) => {
  expect(isoOf(nextShiftEndMs(shifts, zone, Date.parse(endsAt)))).toBe(end);
});

it('knows no next shift where none follows at once', () => {
  const days = shifts.slice(0, 2);
  expect(nextShiftEndMs(days, zone, Date.parse('2026-11-25T05:00:00Z'))).toBeUndefined();
});

it('ends a shift at the jump of the clock when its end is within the hour that is skipped', () => {
  const night = [{ startsAt: '22:00', endsAt: '02:30' }];
  expect(endAt('2027-03-14T05:00:00Z', night)).toBe('2027-03-14T08:00:00.000Z');
  expect(endAt('2027-03-14T07:45:00Z', night)).toBe('2027-03-14T08:00:00.000Z');
  expect(endAt('2027-03-14T08:00:00Z', night)).toBeUndefined();
});

it('lets a shift run on that began in the hour which comes twice', () => {
  const night = [{ startsAt: '01:15', endsAt: '09:15' }];
  expect(endAt('2026-11-01T06:59:59.999Z', night)).toBe('2026-11-01T15:15:00.000Z');
});

/** The hard way: minute by minute, until the wall clock is outside of the shift. */
function walkedEndMs({ startsAt, endsAt }: Shift, nowMs: number): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const isInside = (time: string) =>
    startsAt < endsAt ? startsAt <= time && time < endsAt : startsAt <= time || time < endsAt;
  let ms = nowMs - (nowMs % 60_000);
  while (isInside(clock.format(ms))) ms += 60_000;
  return ms;
}

it('agrees with a walk minute by minute through the nights on which the clock is set', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '59'))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
  const around = fc
    .tuple(
      fc.constantFrom('2026-11-01T07:00:00Z', '2027-03-14T08:00:00Z', '2026-11-24T12:00:00Z'),
      fc.integer({ min: -12 * 3_600_000, max: 12 * 3_600_000 }),
    )
    .map(([middle, ms]) => Date.parse(middle) + ms);
  fc.assert(
    fc.property(time, time, around, (startsAt, endsAt, nowMs) => {
      // The walk sees neither that a shift runs on which began in the hour that comes twice, nor a pause in the hour
      // that is skipped.
      fc.pre(startsAt !== endsAt && !/^0[123]:/.test(startsAt));
      const endMs = shiftEndMs([{ startsAt, endsAt }], zone, nowMs);
      const walkedMs = walkedEndMs({ startsAt, endsAt }, nowMs);
      if (endMs === undefined) expect(walkedMs).toBeLessThanOrEqual(nowMs);
      else expect(isoOf(endMs)).toBe(isoOf(walkedMs));
    }),
    { numRuns: 300 },
  );
});
