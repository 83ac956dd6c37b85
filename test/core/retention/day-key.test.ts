import fc from 'fast-check';
import { captureDay } from '../../../core/retention/day';
import { DayKey, DayKeyGone, SealBroken } from '../../../core/retention/day-key';
import { madePlate } from '../plate/made-plate';
import { madeDayKey } from './made-day-key';

const text = (value: string) => Buffer.from(value, 'utf8');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('a day key', () => {
  it('gives the same table keys in every process, pinned because stored rows depend on them', () => {
    const key = madeDayKey();
    expect(hex(key.plateKey(madePlate('TEST123')))).toBe('e20ec48fba11e071b997f92f605c850a');
    expect(hex(key.placeKey('bloomington', 'car-12', '2026-11-02T12'))).toBe(
      'b5754451c548e4b803b0d368778340d2',
    );
  });

  it('seals to the same bytes for the same nonce, pinned because stored rows depend on it', () => {
    const key = new DayKey({
      day: captureDay(0),
      bytes: new Uint8Array(32).fill(7),
      expiresAtMs: 1,
      now: () => 0,
      randomBytes: (size) => new Uint8Array(size).fill(9),
    });
    expect(hex(key.seal(text('content'), 'row 1'))).toBe(
      '090909090909090909090909c2a32eb532ff3f6ffd36d3132d5cc3e2912ce817dd92d8',
    );
  });

  it('finds a plate by any of its confusable spellings, and by no other', () => {
    const key = madeDayKey();
    expect(hex(key.plateKey(madePlate('TE5T0B8')))).toBe(hex(key.plateKey(madePlate('TESTOBB'))));
    expect(hex(key.plateKey(madePlate('TEST123')))).not.toBe(hex(key.plateKey(madePlate('TEST124'))));
  });

  it('makes the same plate unrecognisable from day to day', () => {
    const plate = madePlate('TEST123');
    expect(hex(madeDayKey({ fill: 1 }).plateKey(plate))).not.toBe(
      hex(madeDayKey({ fill: 2 }).plateKey(plate)),
    );
  });

  it('opens what it sealed, in its context only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (plaintext, context) => {
        const key = madeDayKey();
        const sealed = key.seal(plaintext, context);
        expect(Buffer.compare(key.open(sealed, context), plaintext)).toBe(0);
        expect(() => key.open(sealed, `${context}.`)).toThrow(SealBroken);
      }),
    );
  });

  it('opens nothing that was altered in any bit, cut, or sealed by another key', () => {
    const key = madeDayKey();
    const sealed = key.seal(text('content'), 'row 1');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Uint8Array.from(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => key.open(altered, 'row 1')).toThrow(SealBroken);
    }
    for (let length = 0; length < sealed.length; length++)
      expect(() => key.open(sealed.subarray(0, length), 'row 1')).toThrow(SealBroken);
    expect(() => madeDayKey({ fill: 8 }).open(sealed, 'row 1')).toThrow(SealBroken);
  });

  it('never seals twice to the same bytes', () => {
    const key = madeDayKey();
    expect(hex(key.seal(text('content'), 'row 1'))).not.toBe(hex(key.seal(text('content'), 'row 1')));
  });

  it('refuses every use from the moment its day is forgotten, though it is still in memory [Storage-A]', () => {
    let nowMs = Date.parse('2026-12-01T21:59:59.999Z');
    const key = madeDayKey({ now: () => nowMs });
    const sealed = key.seal(text('content'), 'row 1');
    nowMs += 1;

    expect(key.isUsable).toBe(false);
    expect(() => key.open(sealed, 'row 1')).toThrow(DayKeyGone);
    expect(() => key.seal(text('content'), 'row 1')).toThrow(DayKeyGone);
    expect(() => key.plateKey(madePlate('TEST123'))).toThrow(DayKeyGone);
    expect(() => key.placeKey('bloomington', 'car-12', '2026-11-02T12')).toThrow(DayKeyGone);

    nowMs -= 1;
    expect(() => key.open(sealed, 'row 1')).toThrow(DayKeyGone);
  });

  it('is of no use once destroyed', () => {
    const key = madeDayKey();
    const sealed = key.seal(text('content'), 'row 1');
    key.destroy();
    expect(key.isUsable).toBe(false);
    expect(() => key.open(sealed, 'row 1')).toThrow(new DayKeyGone('destroyed'));
  });

  it('is made of exactly 32 bytes', () => {
    const day = captureDay(0);
    const make = (bytes: Uint8Array) =>
      new DayKey({ day, bytes, expiresAtMs: 1, now: () => 0, randomBytes: (size) => new Uint8Array(size) });
    expect(() => make(new Uint8Array(31))).toThrow(RangeError);
    expect(() => make(new Uint8Array(33))).toThrow(RangeError);
  });
});
