import { StoredPlateIndex } from '../../../adapters/plate-index/plate-index';
import { admitBatch } from '../../../adapters/streams/read-stream';
import { parsePattern } from '../../../core/plate/pattern';
import { encodeDetected } from '../../../core/reads/detected';
import { encodeEnvelope, signEnvelope } from '../../../core/reads/envelope';
import type { CapturedRead } from '../../../core/reads/read';
import { type CaptureDay, captureDay, dayMs } from '../../../core/retention/day';
import { type IndexPlatesDeps, makeHandler } from '../../../lambdas/index-plates/handler';
import { madeDayKeys } from '../../adapters/made-day-keys';
import { kinesisEvent } from '../../adapters/streams/made-event';
import { madePlate } from '../../core/plate/made-plate';
import { capturedAtMs, devicePrivateKey, limits, madeCamera, madeCaptured } from '../../core/reads/made-read';
import { type S3Stack, startS3 } from '../../local/s3/support';
import { recordedCounters } from '../recorded';

let s3: S3Stack;
let bucket: string;
let nowMs: number;

beforeEach(async () => {
  nowMs = capturedAtMs + 1000;
  s3 = await startS3();
  bucket = await s3.bucket();
});
afterEach(() => s3.stop());

const cameras = new Map([
  ['fixed-1', madeCamera()],
  ['fixed-2', madeCamera({ cameraId: 'fixed-2', network: 'normal' })],
]);
const day = captureDay(capturedAtMs);
const read = (plate: string, changes = {}) => madeCaptured({ plate: madePlate(plate), ...changes });
const envelope = (...reads: readonly [CapturedRead, ...CapturedRead[]]) => {
  const { cameraId } = reads[0].read;
  return encodeEnvelope(signEnvelope({ cameraId, sentAtMs: capturedAtMs, reads }, devicePrivateKey));
};
const objects = () => s3.s3.dump(bucket).map(({ key }) => key);

function setUp(deps: Partial<IndexPlatesDeps> = {}) {
  const { counters, figures } = recordedCounters();
  const plateIndex = new StoredPlateIndex({ s3: s3.client, bucket, dayKeys: madeDayKeys(() => nowMs) });
  const handler = makeHandler({
    admitBatch: (event) =>
      admitBatch(event, {
        cameras: { find: async () => cameras },
        detectedReadsStream: 'Detected',
        partnerReadsStream: 'Partners',
        limits,
        now: () => nowMs,
      }),
    plateIndex,
    counters,
    ...deps,
  });
  const find = async (text: string, networks: readonly string[], days: readonly CaptureDay[] = [day]) => {
    const pattern = parsePattern(text);
    if (pattern === undefined) throw new Error('no pattern');
    return (await plateIndex.find(days, networks, pattern)).plates;
  };
  return { handler, figures, find };
}

describe('index-plates', () => {
  it('makes the plates of a batch findable by a part, one segment for each day and network [Def]', async () => {
    const { handler, find, figures } = setUp();
    const yesterday = { capturedAtMs: capturedAtMs - dayMs };
    const normal = { cameraId: 'fixed-2', network: 'normal' };
    const reply = await handler(
      kinesisEvent('Cameras', [
        envelope(read('TEST123'), read('TEST123'), read('TE?T555')),
        envelope(read('TEST124', yesterday)),
        envelope(read('TEST125', normal)),
      ]),
    );
    expect(reply).toEqual({ batchItemFailures: [] });
    expect(objects().map((name) => name.replace(/[0-9a-f-]{36}$/, 'id'))).toEqual([
      '2026-11-01/bloomington/id',
      '2026-11-02/bloomington/id',
      '2026-11-02/normal/id',
    ]);
    expect(await find('TEST*', ['bloomington'])).toEqual(['TE?T555', 'TEST123']);
    expect(await find('TEST*', ['bloomington', 'normal'], [captureDay(yesterday.capturedAtMs), day])).toEqual(
      ['TE?T555', 'TEST123', 'TEST124', 'TEST125'],
    );
    expect(figures).toEqual(['PlatesIndexed 2', 'PlatesIndexed 1', 'PlatesIndexed 1']);
  });

  it('indexes only what is admitted, and bad records hold back no neighbour [Policy-E]', async () => {
    const { handler, find } = setUp();
    const moved = { position: { latitude: 41, longitude: -89 } };
    await handler(
      kinesisEvent('Cameras', [
        Buffer.from('noise'),
        envelope(read('TEST124', moved), read('TEST123')),
        envelope(read('TEST125', { cameraId: 'unknown-1' })),
      ]),
    );
    expect(await find('TEST*', ['bloomington'])).toEqual(['TEST123']);
  });

  it('writes nothing for a batch without an admitted read', async () => {
    await setUp().handler(kinesisEvent('Cameras', [Buffer.from('noise')]));
    expect(objects()).toEqual([]);
  });

  it('adds nothing when a batch comes again, and loses nothing when it comes in parts', async () => {
    const { handler, find } = setUp();
    const records = [envelope(read('TEST123')), envelope(read('TEST124'))];
    await handler(kinesisEvent('Cameras', records));
    await handler(kinesisEvent('Cameras', records));
    expect(objects()).toHaveLength(1);
    await handler(kinesisEvent('Cameras', records.slice(0, 1)));
    expect(await find('TEST*', ['bloomington'])).toEqual(['TEST123', 'TEST124']);
  });

  it('never replaces a segment of the other stream, whose sequence numbers may be the same', async () => {
    const { handler, find } = setUp();
    await handler(kinesisEvent('Cameras', [envelope(read('TEST123'))]));
    const detected = encodeDetected({
      cameraId: 'fixed-1',
      frame: `fixed-1/${capturedAtMs}-0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a009.jpg`,
      reads: [read('TEST124')],
    });
    await handler(kinesisEvent('Detected', [detected]));
    expect(await find('TEST*', ['bloomington'])).toEqual(['TEST123', 'TEST124']);
  });

  it('takes the whole batch again when a segment cannot be written', async () => {
    const { handler, find } = setUp();
    s3.iam.refuse('s3:PutObject');
    const event = kinesisEvent('Cameras', [envelope(read('TEST123'))]);
    await expect(handler(event)).rejects.toMatchObject({ code: 'unavailable', store: 'plate index' });
    expect(await find('TEST*', ['bloomington'])).toEqual([]);
  });

  it('counts no plate of a day that is forgotten by then [Storage-A]', async () => {
    const { handler, figures } = setUp({ plateIndex: { put: async () => 'forgotten' } });
    await handler(kinesisEvent('Cameras', [envelope(read('TEST123'))]));
    expect(figures).toEqual([]);
  });
});
