import { alertIdOf, raiseAlert } from '../../../core/alerts/alert';
import { capturedAtMs, madeRead } from '../reads/made-read';
import { madeDayKey } from '../retention/made-day-key';
import { madeEntryId, madeHit, windowMs } from './made-alert';

const key = madeDayKey();
const window = { entryId: madeEntryId, windowMs, rejectedBefore: 0 };

it('tells what was seen, when and where, and what is listed, but not who listed it or why [Policy-H.a]', () => {
  const at = { alertId: '00000000-0000-8000-8000-000000000001', misreadsBefore: 2, nowMs: capturedAtMs + 5 };
  expect(raiseAlert(madeRead(), madeHit({ grade: 'look-alike' }), at)).toEqual({
    alertId: '00000000-0000-8000-8000-000000000001',
    entryId: '00000000-0000-4000-9000-000000000001',
    readId: '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a001',
    state: 'open',
    grade: 'look-alike',
    plate: 'TEST123',
    issuingState: 'IL',
    cameraId: 'fixed-1',
    network: 'bloomington',
    capturedAtMs,
    position: { latitude: 40, longitude: -89 },
    confidence: 0.97,
    vehicle: {
      list: 'custom',
      listName: 'Custom hot list',
      listedAtMs: 1793520000000,
      entryId: '00000000-0000-4000-9000-000000000001',
      plate: 'TEST123',
      state: 'IL',
      concern: 'felony-vehicle',
      description: 'Made-up sedan, red',
      cautions: [],
      needsConfirmation: false,
    },
    misreadsBefore: 2,
    raisedAtMs: capturedAtMs + 5,
  });
});

it('is the same for all captures of one entry within a quarter of an hour', () => {
  const at = (time: string) => alertIdOf(key, window, Date.parse(`2026-11-02T${time}Z`));
  expect(at('12:00:00')).toBe(at('12:14:59.999'));
  expect(at('12:00:00')).not.toBe(at('12:15:00'));
  expect(at('12:00:00')).not.toBe(at('11:59:59.999'));
});

it('is another of another entry, and after a rejection', () => {
  const id = alertIdOf(key, window, capturedAtMs);
  const other = '00000000-0000-4000-9000-000000000002';
  expect(alertIdOf(key, { ...window, entryId: other }, capturedAtMs)).not.toBe(id);
  expect(alertIdOf(key, { ...window, rejectedBefore: 1 }, capturedAtMs)).not.toBe(id);
});

it('cannot be traced to its entry by trying entries once the day’s key is gone [Storage-A]', () => {
  const id = alertIdOf(key, window, capturedAtMs);
  expect(alertIdOf(madeDayKey({ fill: 7 }), window, capturedAtMs)).toBe(id);
  expect(alertIdOf(madeDayKey({ fill: 8 }), window, capturedAtMs)).not.toBe(id);
  const forgotten = madeDayKey({ now: () => Date.parse('2026-12-01T22:00:00Z') });
  expect(() => alertIdOf(forgotten, window, capturedAtMs)).toThrow('forgotten');
});

it('never spans two capture days, and so two keys [Storage-A]', () => {
  const midnight = Date.parse('2026-11-03T00:00:00Z');
  for (const minutes of [1, 15, 30, 60]) {
    const each = { ...window, windowMs: minutes * 60_000 };
    expect(alertIdOf(key, each, midnight - 1)).not.toBe(alertIdOf(key, each, midnight));
  }
});
