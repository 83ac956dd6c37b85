import { admitRecord, decodeRecord } from '../../../core/reads/admit-record';
import { encodeDetected } from '../../../core/reads/detected';
import { encodeEnvelope, signEnvelope } from '../../../core/reads/envelope';
import { capturedAtMs, devicePrivateKey, limits, madeCamera, madeCaptured, madeSigner } from './made-read';

const facts = { camera: madeCamera(), nowMs: capturedAtMs + 1000, limits };
const bytesOf = (reads = [madeCaptured()]) =>
  encodeEnvelope(signEnvelope({ cameraId: 'fixed-1', sentAtMs: capturedAtMs, reads }, devicePrivateKey));
const detected = encodeDetected({ cameraId: 'fixed-1', frame: 'made-up', reads: [madeCaptured()] });

describe('a record of a stream of reads', () => {
  it('is admitted when its camera signed it', () => {
    const outcome = admitRecord(decodeRecord('camera', bytesOf()), facts);
    expect(outcome).toMatchObject({ kind: 'decided', cameraId: 'fixed-1', refused: [] });
    expect(outcome.kind === 'decided' && outcome.admitted[0]?.read).toEqual({
      ...madeCaptured().read,
      readId: '83418123-c0f5-8cc4-a00f-20fe50fbbd66',
    });
  });

  it('is refused read by read: a good one is not lost to a bad neighbour', () => {
    const moved = madeCaptured({
      readId: '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a002',
      position: { latitude: 41, longitude: -89 },
    });
    const outcome = admitRecord(decodeRecord('camera', bytesOf([madeCaptured(), moved])), facts);
    expect(outcome.kind === 'decided' && outcome.admitted.map(({ read }) => read.readId)).toEqual([
      '83418123-c0f5-8cc4-a00f-20fe50fbbd66',
    ]);
    expect(outcome.kind === 'decided' && outcome.refused.map(({ reason }) => reason)).toEqual(['moved']);
  });

  it('gets the same id whenever it comes, and another than any other camera’s, whatever ids that one sends [Acct-D]', () => {
    const idsOf = (source: 'camera' | 'detected', bytes: Uint8Array) => {
      const decoded = decodeRecord(source, bytes);
      return decoded.kind === 'decoded' ? decoded.reads.map(({ read }) => read.readId) : [];
    };
    const sameIdOf = (cameraId: string) => madeSigner(cameraId).envelope(madeCaptured({ cameraId }));
    expect(idsOf('camera', bytesOf())).toEqual(['83418123-c0f5-8cc4-a00f-20fe50fbbd66']);
    expect(idsOf('detected', detected)).toEqual(['83418123-c0f5-8cc4-a00f-20fe50fbbd66']);
    expect(idsOf('camera', sameIdOf('car-2'))).toEqual(['69cb8907-8ba8-82b7-9303-51e9765496f8']);
  });

  it('signed by another camera’s key is forged, whoever it says it is from [Acct-D]', () => {
    const bytes = bytesOf();
    bytes[10] = (bytes[10] ?? 0) ^ 1;
    const outcome = admitRecord(decodeRecord('camera', bytes), facts);
    expect(outcome.kind === 'decided' && outcome.refused.map(({ reason }) => reason)).toEqual([
      'forged-signature',
    ]);
  });

  it('of the cameras’ stream is never believed without a signature', () => {
    expect(decodeRecord('camera', detected)).toEqual({ kind: 'undecodable' });
    expect(admitRecord(decodeRecord('camera', detected), facts)).toEqual({ kind: 'undecodable' });
  });

  it('of detect-plates is admitted unsigned', () => {
    const outcome = admitRecord(decodeRecord('detected', detected), facts);
    expect(outcome.kind === 'decided' && outcome.admitted).toHaveLength(1);
    expect(decodeRecord('detected', bytesOf())).toEqual({ kind: 'undecodable' });
  });

  it('of a camera that is not enrolled is refused', () => {
    const outcome = admitRecord(decodeRecord('camera', bytesOf()), { ...facts, camera: undefined });
    expect(outcome.kind === 'decided' && outcome.refused.map(({ reason }) => reason)).toEqual([
      'unknown-camera',
    ]);
  });
});
