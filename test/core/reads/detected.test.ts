import fc from 'fast-check';
import { detectedReadId, encodeDetected, parseDetected } from '../../../core/reads/detected';
import { madeCaptured } from './made-read';

const frame = 'fixed-1/1793620800000-2d1c8a34-35b1-4d8e-8f09-5a2a0f6a7b10.jpg';

describe('a detected record', () => {
  it('arrives as it was sent', () => {
    const record = { cameraId: 'fixed-1', frame, reads: [madeCaptured()] };
    const arrived = parseDetected(encodeDetected(record));
    expect(arrived?.cameraId).toBe('fixed-1');
    expect(arrived?.frame).toBe(frame);
    expect(arrived?.reads[0]?.read).toEqual(madeCaptured().read);
  });

  it('never makes the parser throw, whatever arrives', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          expect(parseDetected(bytes)).toBeUndefined();
        },
      ),
    );
    expect(parseDetected(new Uint8Array(921_601))).toBeUndefined();
  });

  it('holds the reads of its own camera alone', () => {
    expect(() => encodeDetected({ cameraId: 'fixed-2', frame, reads: [madeCaptured()] })).toThrow(RangeError);
  });
});

describe('the id of a detected read', () => {
  it('is the same however often the frame is detected, and another for each read and frame', () => {
    expect(detectedReadId(frame, 0)).toBe('5b64b493-0af0-868c-8d02-99fe59395933');
    expect(
      new Set([detectedReadId(frame, 0), detectedReadId(frame, 1), detectedReadId(`${frame}x`, 0)]).size,
    ).toBe(3);
  });

  it('is a version 8 UUID', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(100), (key, index) => {
        expect(detectedReadId(key, index)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });
});
