import { admitRecord, decodeRecord } from '../../../core/reads/admit-record';
import { encodeDetected } from '../../../core/reads/detected';
import { encodeEnvelope, signEnvelope } from '../../../core/reads/envelope';
import { capturedAtMs, devicePrivateKey, limits, madeCamera, madeCaptured } from './made-read';

const facts = { camera: madeCamera(), nowMs: capturedAtMs + 1000, limits };
const bytesOf = (reads = [madeCaptured()]) =>
  encodeEnvelope(signEnvelope({ cameraId: 'fixed-1', sentAtMs: capturedAtMs, reads }, devicePrivateKey));
const detected = encodeDetected({ cameraId: 'fixed-1', frame: 'made-up', reads: [madeCaptured()] });

describe('a record of a stream of reads', () => {
  it('is admitted when its camera signed it', () => {
    const outcome = admitRecord(decodeRecord('camera', bytesOf()), facts);
    expect(outcome).toMatchObject({ kind: 'decided', cameraId: 'fixed-1', refused: [] });
    expect(outcome.kind === 'decided' && outcome.admitted[0]?.read).toEqual(madeCaptured().read);
  });

  it('is refused read by read: a good one is not lost to a bad neighbour', () => {
    const moved = madeCaptured({
      readId: '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a002',
      position: { latitude: 41, longitude: -89 },
    });
    const outcome = admitRecord(decodeRecord('camera', bytesOf([madeCaptured(), moved])), facts);
    expect(outcome.kind === 'decided' && outcome.admitted.map(({ read }) => read.readId)).toEqual([
      '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a001',
    ]);
    expect(outcome.kind === 'decided' && outcome.refused.map(({ reason }) => reason)).toEqual(['moved']);
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
