import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { parsePlate } from '../../core/plate/plate';
import { encodeEnvelope, signEnvelope } from '../../core/reads/envelope';
import type { CapturedRead } from '../../core/reads/read';
import { imageBytesMax } from '../../edge/capture';
import { packReads } from '../../edge/packing';

const plate = parsePlate('TESTTEST12');
if (plate === undefined) throw new Error('a test plate must parse');

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
/** The largest read that a reader can give. */
const readWith = (bytes: number): CapturedRead => ({
  read: {
    readId: '00000000-0000-4000-8000-000000000000',
    cameraId: 'c'.repeat(64),
    network: 'n'.repeat(40),
    capturedAtMs: 1_790_000_000_000,
    plate,
    candidates: Array.from({ length: 16 }, () => ({ plate, probability: 0.123456789012345 })),
    confidence: 0.123456789012345,
    state: 'IL',
    position: { latitude: -40.12345678901234, longitude: -88.12345678901234 },
    box: {
      x: 12345.678901234,
      y: 12345.678901234,
      width: 12345.678901234,
      height: 12345.678901234,
    },
  },
  images: {
    plate: new Uint8Array(Math.floor(bytes / 4)),
    vehicle: new Uint8Array(bytes - Math.floor(bytes / 4)),
  },
});

describe('packing reads into envelopes', () => {
  it('keeps every read in order, at most 10 together, in envelopes that can be signed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 8, max: imageBytesMax }), { maxLength: 25 }), (sizes) => {
        const reads = sizes.map(readWith);
        const packs = packReads(reads);
        expect(packs.flat()).toEqual(reads);
        for (const pack of packs) {
          expect(pack.length).toBeLessThanOrEqual(10);
          const envelope = signEnvelope(
            { cameraId: 'c'.repeat(64), sentAtMs: 1_790_000_000_000, reads: pack },
            privateKey,
          );
          expect(encodeEnvelope(envelope).byteLength).toBeLessThanOrEqual(900 * 1024);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('fills an envelope before it begins the next', () => {
    expect(packReads(Array.from({ length: 21 }, () => readWith(8))).map((pack) => pack.length)).toEqual([
      10, 10, 1,
    ]);
    expect(
      packReads(Array.from({ length: 3 }, () => readWith(imageBytesMax))).map((pack) => pack.length),
    ).toEqual([2, 1]);
  });

  it('makes no envelope of nothing', () => {
    expect(packReads([])).toEqual([]);
  });
});
