import fc from 'fast-check';
import { parseScheduleExpression } from '../../../local/scheduler/schedule-expression';

const startMs = Date.parse('2026-03-01T00:00:30Z');
const parse = (text: string, timeZone = 'UTC') => parseScheduleExpression(text, { timeZone, startMs });
const nextOf = (text: string, after: string, timeZone?: string) => {
  const ms = parse(text, timeZone).next(Date.parse(after));
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

it.each([
  // EventBridge counts weekdays from 1, Sunday; 2026-03-01 is a Sunday.
  ['cron(0 8 ? * 1 *)', '2026-03-01T08:00:00Z', 'UTC', '2026-03-08T08:00:00.000Z'],
  ['cron(0 8 ? * 2-6 *)', '2026-03-06T08:00:00Z', 'UTC', '2026-03-09T08:00:00.000Z'],
  ['cron(0 8 ? * MON-FRI *)', '2026-03-06T08:00:00Z', 'UTC', '2026-03-09T08:00:00.000Z'],
  ['cron(0 8 ? * 7 *)', '2026-03-01T00:00:00Z', 'UTC', '2026-03-07T08:00:00.000Z'],
  ['cron(0 8 ? * 2/2 *)', '2026-03-01T00:00:00Z', 'UTC', '2026-03-02T08:00:00.000Z'],
  ['cron(0/15 * * * ? *)', '2026-03-01T10:16:00Z', 'UTC', '2026-03-01T10:30:00.000Z'],
  ['cron(0 0 1 * ? *)', '2026-03-01T00:00:00Z', 'UTC', '2026-04-01T00:00:00.000Z'],
  ['cron(30 6 * * ? 2028)', '2026-03-01T00:00:00Z', 'UTC', '2028-01-01T06:30:00.000Z'],
  ['cron(30 6 * * ? 2027-2028)', '2026-12-31T00:00:00Z', 'UTC', '2027-01-01T06:30:00.000Z'],
  ['cron(0 8 * * ? *)', '2026-01-10T12:00:00Z', 'America/Chicago', '2026-01-10T14:00:00.000Z'],
  ['cron(0 8 * * ? *)', '2026-07-10T12:00:00Z', 'America/Chicago', '2026-07-10T13:00:00.000Z'],
  ['rate(1 hour)', '2026-03-01T00:00:30Z', 'UTC', '2026-03-01T01:00:30.000Z'],
  ['rate(1 hour)', '2026-03-01T01:00:30Z', 'UTC', '2026-03-01T02:00:30.000Z'],
  ['rate(5 minutes)', '2026-01-01T00:00:00Z', 'UTC', '2026-03-01T00:05:30.000Z'],
  ['rate(2 days)', '2026-03-02T12:00:00Z', 'UTC', '2026-03-03T00:00:30.000Z'],
  ['at(2026-03-05T07:08:09)', '2026-03-01T00:00:00Z', 'UTC', '2026-03-05T07:08:09.000Z'],
  ['at(2026-03-05T07:08:09)', '2026-03-01T00:00:00Z', 'America/Chicago', '2026-03-05T13:08:09.000Z'],
  ['at(2026-03-05T22:00:00)', '2026-03-01T00:00:00Z', 'Pacific/Kiritimati', '2026-03-05T08:00:00.000Z'],
])('%s after %s in %s is %s', (text, after, zone, expected) => {
  expect(nextOf(text, after, zone)).toBe(expected);
});

it('a time that is over has no next', () => {
  expect(nextOf('at(2026-03-05T07:08:09)', '2026-03-05T07:08:09Z')).toBeUndefined();
  expect(nextOf('cron(0 8 * * ? 2025)', '2026-03-01T00:00:00Z')).toBeUndefined();
});

it.each([
  ['cron(0 8 * * *)', 'must have six fields'],
  ['cron(0 8 * * * *)', 'must have ? as day of month or as day of week'],
  ['cron(0 8 ? * ? *)', 'must have ? as day of month or as day of week'],
  ['cron(0 8 L * ? *)', 'does not model L, W and #'],
  ['cron(0 8 15W * ? *)', 'does not model L, W and #'],
  ['cron(0 8 ? * 6L *)', 'does not model L, W and #'],
  ['cron(0 8 ? * 2#1 *)', 'does not model L, W and #'],
  ['cron(61 8 * * ? *)', ''],
  ['rate(0 hours)', 'is no rate'],
  ['rate(1 week)', 'is no rate'],
  ['at(tomorrow)', 'is no time'],
  ['every day', 'is no schedule expression'],
])('%s is refused', (text, message) => {
  expect(() => parse(text)).toThrow(message);
});

it('a rate comes back after its interval, for ever, and never at or before the moment asked', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 10 ** 10 }),
      (minutes, laterMs) => {
        const rate = parse(`rate(${minutes} minutes)`);
        const next = rate.next(startMs + laterMs) ?? 0;
        const after = rate.next(next) ?? 0;
        return (
          next > startMs + laterMs &&
          next - startMs - laterMs <= minutes * 60_000 &&
          after - next === minutes * 60_000
        );
      },
    ),
  );
});
