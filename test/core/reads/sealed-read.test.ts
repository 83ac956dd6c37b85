import {
  decodeRead,
  encodeRead,
  openRead,
  parsePlaceTime,
  placeTime,
  sealRead,
  UnknownReadFormat,
} from '../../../core/reads/sealed-read';
import { captureDay } from '../../../core/retention/day';
import { SealBroken } from '../../../core/retention/day-key';
import { madeDayKey } from '../retention/made-day-key';
import { madeRead } from './made-read';

describe('a sealed read', () => {
  it('opens to the read, with its day’s key', () => {
    const row = sealRead(madeDayKey(), madeRead());
    expect(openRead(madeDayKey(), row)).toEqual(madeRead());
  });

  it('keeps the absence of a state', () => {
    const { state: _, ...read } = madeRead();
    expect(openRead(madeDayKey(), sealRead(madeDayKey(), read))).toEqual(read);
  });

  it('shows network, time and id in its sort key and nothing of the vehicle', () => {
    const row = sealRead(madeDayKey(), madeRead());
    expect(row.placeTime).toBe('bloomington#1793620800000#0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a001');
    expect(row.network).toBe('bloomington');
    expect(Buffer.from(row.sealed).includes('TEST123')).toBe(false);
  });

  it('does not open in another row', () => {
    const row = sealRead(madeDayKey(), madeRead());
    const moved = { ...row, placeTime: row.placeTime.replace('bloomington', 'normal') };
    expect(() => openRead(madeDayKey(), moved)).toThrow(SealBroken);
  });

  it('is sealed under its own capture day only [Storage-A]', () => {
    const nextDay = madeDayKey({ day: captureDay(Date.parse('2026-11-03T00:00:00Z')) });
    expect(() => sealRead(nextDay, madeRead())).toThrow(RangeError);
  });

  it('of another version or with other content is not guessed at', () => {
    expect(() => decodeRead(Buffer.from('\u0002{}'))).toThrow(new UnknownReadFormat('version'));
    expect(() => decodeRead(new Uint8Array())).toThrow(new UnknownReadFormat('version'));
    expect(() => decodeRead(Buffer.from('\u0001{}'))).toThrow(new UnknownReadFormat('content'));
    expect(encodeRead(madeRead())[0]).toBe(1);
  });
});

describe('a sort key', () => {
  it('orders by time within a network, also before the year 2001', () => {
    const early = placeTime(madeRead({ capturedAtMs: 999_999_999_999 }));
    const late = placeTime(madeRead({ capturedAtMs: 1_000_000_000_000 }));
    expect(early < late).toBe(true);
    expect(parsePlaceTime(early)).toEqual({
      network: 'bloomington',
      capturedAtMs: 999_999_999_999,
      readId: '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a001',
    });
  });

  it.each(['', 'bloomington', 'a#1#b', 'a#1793620800000#', 'a#1793620800000#0b0c3a52#x'])(
    'is not %j',
    (text) => {
      expect(parsePlaceTime(text)).toBeUndefined();
    },
  );
});
