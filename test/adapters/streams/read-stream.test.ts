import { admitBatch } from '../../../adapters/streams/read-stream';
import { encodeDetected } from '../../../core/reads/detected';
import { encodeEnvelope, signEnvelope } from '../../../core/reads/envelope';
import { capturedAtMs, devicePrivateKey, limits, madeCamera, madeCaptured } from '../../core/reads/made-read';
import { kinesisEvent } from './made-event';

const envelope = encodeEnvelope(
  signEnvelope({ cameraId: 'fixed-1', sentAtMs: capturedAtMs, reads: [madeCaptured()] }, devicePrivateKey),
);
const detected = encodeDetected({ cameraId: 'fixed-1', frame: 'made-up', reads: [madeCaptured()] });
const asked: string[][] = [];
const options = {
  cameras: {
    find: async (ids: Iterable<string>) => {
      asked.push([...ids]);
      return new Map([['fixed-1', madeCamera()]]);
    },
  },
  detectedReadsStream: 'Detected',
  partnerReadsStream: 'Partners',
  limits,
  now: () => capturedAtMs + 1000,
};
const kinds = async (event: unknown) =>
  (await admitBatch(event, options)).map(({ outcome }) =>
    outcome.kind === 'decided' ? [outcome.admitted.length, outcome.refused.length] : outcome.kind,
  );

describe('a batch of a stream of reads', () => {
  it('is decided record by record, with one question to the registry', async () => {
    asked.length = 0;
    expect(await kinds(kinesisEvent('Cameras', [envelope, Buffer.from('noise'), envelope]))).toEqual([
      [1, 0],
      'undecodable',
      [1, 0],
    ]);
    expect(asked).toEqual([['fixed-1', 'fixed-1']]);
  });

  it('of detect-plates’ stream is admitted unsigned, of any other never [Acct-D]', async () => {
    expect(await kinds(kinesisEvent('Detected', [detected]))).toEqual([[1, 0]]);
    expect(await kinds(kinesisEvent('Cameras', [detected]))).toEqual(['undecodable']);
    expect(await kinds(kinesisEvent('Other', [detected]))).toEqual(['undecodable']);
  });

  it('is not decided at all when the registry cannot be asked', async () => {
    const down = { ...options, cameras: { find: () => Promise.reject(new Error('down')) } };
    await expect(admitBatch(kinesisEvent('Cameras', [envelope]), down)).rejects.toThrow('down');
  });
});
