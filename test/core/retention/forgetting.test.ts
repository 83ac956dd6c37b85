import { captureDay } from '../../../core/retention/day';
import {
  type DayKeyState,
  daysDue,
  daysKept,
  forgottenEventId,
  oldestKeyAgeHours,
} from '../../../core/retention/forgetting';

const nowMs = Date.parse('2026-12-02T00:00:00Z');
const day = (text: string) => captureDay(Date.parse(`${text}T00:00:00Z`));

describe('the days due', () => {
  it('reach from the day that is nearly 30 days old back to 400 days [Storage-A]', () => {
    const due = daysDue(nowMs, 30);
    expect(due).toHaveLength(371);
    expect(due[0]).toBe('2025-10-28');
    expect(due.at(-1)).toBe('2026-11-02');
    expect(daysDue(Date.parse('2026-12-01T21:59:59.999Z'), 30).at(-1)).toBe('2026-11-01');
    expect(daysDue(Date.parse('2026-12-01T22:00:00Z'), 30).at(-1)).toBe('2026-11-02');
  });

  it('and the days kept are neighbours without a gap', () => {
    const kept = daysKept(nowMs, 30);
    expect(kept).toHaveLength(30);
    expect(kept[0]).toBe('2026-11-03');
    expect(kept.at(-1)).toBe('2026-12-02');
  });

  it('follow a shorter retention', () => {
    expect(daysDue(nowMs, 7).at(-1)).toBe('2026-11-25');
  });
});

describe('the age of the oldest key', () => {
  it('counts from the beginning of its day, live keys only', () => {
    const states = new Map<ReturnType<typeof day>, DayKeyState>([
      [day('2026-11-01'), { kind: 'settled', destroyedAtMs: 1 }],
      [day('2026-11-02'), { kind: 'destroyed', destroyedAtMs: 1 }],
      [day('2026-11-30'), { kind: 'live' }],
      [day('2026-11-29'), { kind: 'live' }],
    ]);
    expect(oldestKeyAgeHours(states, nowMs)).toBe(72);
    expect(oldestKeyAgeHours(new Map(), nowMs)).toBe(0);
  });
});

describe('the event id of a forgotten day', () => {
  it('is always the same for a day, and another for another day', () => {
    expect(forgottenEventId(day('2026-11-01'))).toBe('36620416-2aa8-847d-83e6-8a0e5af88004');
    expect(forgottenEventId(day('2026-11-02'))).not.toBe(forgottenEventId(day('2026-11-01')));
  });
});
