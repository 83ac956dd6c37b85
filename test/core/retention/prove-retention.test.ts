import { type CaptureDay, captureDay } from '../../../core/retention/day';
import type { DayKeyState } from '../../../core/retention/forgetting';
import { proveRetention, type RetentionFacts } from '../../../core/retention/prove-retention';

const day = (text: string) => captureDay(Date.parse(`${text}T00:00:00Z`));
const live = { kind: 'live' } as const;
const keys = new Map<CaptureDay, DayKeyState>([
  [day('2026-11-01'), { kind: 'settled', destroyedAtMs: 1 }],
  [day('2026-12-01'), live],
  [day('2026-11-03'), live],
]);
const facts: RetentionFacts = {
  nowMs: Date.parse('2026-12-01T12:30:00Z'),
  retentionDays: 30,
  keys,
  held: {
    images: [day('2026-12-01'), day('2026-11-01'), day('2026-11-04')],
    reads: [day('2026-11-03')],
    alerts: [],
  },
  recovery: { reads: 'none', dayKeys: 'none' },
};

describe('the proof of the retention', () => {
  it('says which keys stand, how old what they open is, and what each store holds of it [Storage-A]', () => {
    expect(proveRetention(facts)).toEqual({
      retentionDays: 30,
      daysWithKey: ['2026-11-03', '2026-12-01'],
      oldestReadHours: 685,
      oldest: { images: '2026-12-01', reads: '2026-11-03' },
      recovery: { reads: 'none', dayKeys: 'none' },
      faults: [],
    });
  });

  it('finds a key that stands when its 30 days are over, to the millisecond [Storage-A]', () => {
    const at = (time: string) => proveRetention({ ...facts, nowMs: Date.parse(time) }).faults;
    expect(at('2026-12-02T23:59:59.999Z')).toEqual([]);
    expect(at('2026-12-03T00:00:00Z')).toEqual(['key-over-limit']);
  });

  it('finds a store of which old copies could be had [Storage-A]', () => {
    const recovery = { reads: 'none', dayKeys: 'continuous' } as const;
    expect(proveRetention({ ...facts, recovery }).faults).toEqual(['copies-recoverable']);
  });

  it('of nothing is a proof, too, also when only tomorrow has a key', () => {
    const none = { ...facts, keys: new Map(), held: {} };
    expect(proveRetention(none)).toMatchObject({
      daysWithKey: [],
      oldestReadHours: 0,
      oldest: {},
      faults: [],
    });
    const tomorrow = { ...facts, keys: new Map([[day('2026-12-02'), live]]) };
    expect(proveRetention(tomorrow)).toMatchObject({ oldestReadHours: 0, faults: [] });
  });
});
