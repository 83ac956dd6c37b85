import fc from 'fast-check';
import {
  captureDay,
  captureHour,
  dayStartMs,
  daysBetween,
  forgottenAtMs,
  isForgotten,
  parseCaptureDay,
} from '../../../core/retention/day';
import { daysDue } from '../../../core/retention/forgetting';

const at = (time: string) => Date.parse(time);

describe('a capture day', () => {
  it('is the UTC day, whatever the time zone of the camera', () => {
    expect(captureDay(at('2026-11-01T23:59:59.999-06:00'))).toBe('2026-11-02');
    expect(captureHour(at('2026-11-01T23:59:59.999-06:00'))).toBe('2026-11-02T05');
  });

  it('is forgotten two hours before it began 30 days ago [Storage-A]', () => {
    const day = captureDay(at('2026-11-02T23:59:59.999Z'));
    expect(forgottenAtMs(day, 30)).toBe(at('2026-12-01T22:00:00.000Z'));
    expect(isForgotten(day, at('2026-12-01T21:59:59.999Z'), 30)).toBe(false);
    expect(isForgotten(day, at('2026-12-01T22:00:00.000Z'), 30)).toBe(true);
  });

  it('has no key after 30 days, though the hourly run just missed it and the next one is an hour late [Storage-A]', () => {
    const day = captureDay(at('2026-11-02T00:00:00.000Z'));
    const missedMs = forgottenAtMs(day, 30) - 1;
    expect(daysDue(missedMs, 30)).not.toContain(day);
    const lateRunMs = missedMs + 2 * 60 * 60 * 1000;
    expect(daysDue(lateRunMs, 30)).toContain(day);
    expect(lateRunMs).toBeLessThan(at('2026-12-02T00:00:00.000Z'));
  });

  it('counts 24 hours a day across a change of local time', () => {
    expect(forgottenAtMs(captureDay(at('2026-10-20T12:00:00Z')), 30)).toBe(at('2026-11-18T22:00:00Z'));
  });

  it.each(['2026-02-30', '2026-13-01', '1969-12-31', '2026-1-1', '+2026-01-01', '2026-01-01T00', ''])(
    'is not %j',
    (text) => {
      expect(parseCaptureDay(text)).toBeUndefined();
    },
  );

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY, 253402300800000])('is not of the instant %d', (ms) => {
    expect(() => captureDay(ms)).toThrow(RangeError);
  });

  it('holds its first and last millisecond and reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
        const day = captureDay(ms);
        expect(parseCaptureDay(day)).toBe(day);
        expect(dayStartMs(day)).toBeLessThanOrEqual(ms);
        expect(dayStartMs(day) + 86_399_999).toBeGreaterThanOrEqual(ms);
      }),
    );
  });
});

describe('the days of a range', () => {
  it('are all that it touches, oldest first', () => {
    expect(daysBetween(at('2026-02-27T23:00:00Z'), at('2026-03-01T00:00:00Z'))).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    expect(daysBetween(at('2026-02-27T23:00:00Z'), at('2026-02-27T23:00:00Z'))).toEqual(['2026-02-27']);
  });

  it('are none when it ends before it begins, and bounded', () => {
    expect(daysBetween(1000, 999)).toEqual([]);
    expect(() => daysBetween(0, at('2026-01-01T00:00:00Z'))).toThrow(RangeError);
  });
});
