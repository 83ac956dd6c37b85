import type { RefusalFacts } from '../../../adapters/quarantine/quarantine-row';
import type { CameraRecord } from '../../../core/reads/camera';
import type { DetectedRecord } from '../../../core/reads/detected';
import { type Sighting, UnreadableImage } from '../../../core/reads/reader';
import { type DetectPlatesDeps, makeHandler } from '../../../lambdas/detect-plates/handler';
import { framesEvent } from '../../adapters/streams/made-event';
import { madePlate } from '../../core/plate/made-plate';
import { madeCamera } from '../../core/reads/made-read';
import { recordedCounters, recordedLog } from '../recorded';

const key = (n: number, camera = 'fixed-1') =>
  `${camera}/1793620800000-2d1c8a34-35b1-4d8e-8f09-${String(n).padStart(12, '0')}.jpg`;
const box = { x: 1, y: 2, width: 30, height: 15 };
const vehicleBox = { x: 0, y: 0, width: 300, height: 150 };
const sighting = (outcome: Sighting['outcome'], plate = 'TEST123', confidence = 0.9): Sighting => ({
  plate: madePlate(plate),
  candidates: [
    { plate: madePlate(plate), probability: confidence },
    ...(plate === 'TEST123' ? [{ plate: madePlate('TEST128'), probability: 0.1 }] : []),
  ],
  confidence,
  characterConfidences: [0.9],
  box,
  vehicleBox,
  outcome,
});

function setUp(changes: Partial<DetectPlatesDeps> & { camera?: CameraRecord } = {}) {
  const sent: DetectedRecord[] = [];
  const refused: RefusalFacts[] = [];
  const deleted: string[] = [];
  const looked: string[] = [];
  const { counters, figures } = recordedCounters();
  const { log, lines } = recordedLog();
  const { camera, ...deps } = changes;
  const handler = makeHandler({
    cameras: { find: async () => new Map([['fixed-1', camera ?? madeCamera()]]) },
    frames: {
      get: async (place) => {
        looked.push(place.key);
        return Buffer.from('made-up frame');
      },
      delete: async (place) => void deleted.push(place.key),
    },
    reader: { read: async () => [sighting('accepted'), sighting('abstained', 'T??T')] },
    crop: async (_, cut, use) => Buffer.from(`${use} ${cut.width}`),
    detected: { put: async (records) => void sent.push(...records) },
    refusals: { put: async (each) => void refused.push(each) },
    counters,
    log,
    ...deps,
  });
  return { handler, sent, refused, deleted, looked, figures, lines };
}

describe('detect-plates', () => {
  it('sends each accepted sighting with the registry’s network and position, and deletes the frame', async () => {
    const { handler, sent, deleted, figures } = setUp();
    expect(await handler(framesEvent([{ key: key(1) }]))).toEqual({ batchItemFailures: [] });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.cameraId).toBe('fixed-1');
    expect(sent[0]?.reads[0]?.read).toMatchObject({
      cameraId: 'fixed-1',
      network: 'bloomington',
      capturedAtMs: 1_793_620_800_000,
      plate: 'TEST123',
      candidates: [{ plate: 'TEST128', probability: 0.1 }],
      position: { latitude: 40, longitude: -89 },
      box,
    });
    expect(Buffer.from(sent[0]?.reads[0]?.images.plate ?? []).toString()).toBe('plate 30');
    expect(Buffer.from(sent[0]?.reads[0]?.images.vehicle ?? []).toString()).toBe('vehicle 300');
    expect(deleted).toEqual([key(1)]);
    expect(figures).toEqual(['Detected 1', 'Abstained 1']);
  });

  it('gives the same ids when a frame comes again', async () => {
    const { handler, sent } = setUp();
    await handler(framesEvent([{ key: key(1) }]));
    await handler(framesEvent([{ key: key(1) }]));
    expect(sent[0]?.reads[0]?.read.readId).toBe(sent[1]?.reads[0]?.read.readId);
  });

  const { site: _, ...withoutSite } = madeCamera();
  it.each([
    ['of a camera that is not enrolled', key(1, 'nobody'), {}, 'unknown-camera'],
    ['of a retired camera', key(1), { camera: madeCamera({ status: 'retired' }) }, 'retired-camera'],
    ['of a camera without an approved site [Policy-E]', key(1), { camera: withoutSite }, 'no-approved-site'],
    ['whose name says nothing', 'fixed-1/holiday.jpg', {}, 'frame-name'],
  ] as const)('never looks at a frame %s', async (_title, name, changes, reason) => {
    const { handler, refused, looked, deleted, sent } = setUp(changes);
    expect(await handler(framesEvent([{ key: name }]))).toEqual({ batchItemFailures: [] });
    expect(refused).toMatchObject([{ reason, arrivedAtMs: Date.parse('2026-11-02T12:00:01Z') }]);
    expect(looked).toEqual([]);
    expect(sent).toEqual([]);
    expect(deleted).toEqual([name]);
  });

  it('never loads a frame above 8 MiB, whether the message or the bucket says so', async () => {
    const announced = setUp();
    await announced.handler(framesEvent([{ key: key(1), size: 8_388_609 }]));
    expect(announced.looked).toEqual([]);
    const found = setUp({ frames: { get: async () => 'too-large', delete: async () => undefined } });
    await found.handler(framesEvent([{ key: key(1) }]));
    for (const { refused } of [announced, found])
      expect(refused.map(({ reason }) => reason)).toEqual(['frame-too-large']);
  });

  it('quarantines a frame that is no picture, once for however many deliveries, and deletes it', async () => {
    const { handler, refused, deleted } = setUp({
      reader: { read: () => Promise.reject(new UnreadableImage('not-an-image')) },
    });
    await handler(framesEvent([{ key: key(1) }]));
    await handler(framesEvent([{ key: key(1) }]));
    expect(refused[0]).toMatchObject({ reason: 'frame-unreadable', cameraId: 'fixed-1' });
    expect(refused[1]).toEqual(refused[0]);
    expect(deleted).toEqual([key(1), key(1)]);
  });

  it('reads the other frames of a batch in which one is no picture', async () => {
    const { handler, refused, sent, deleted } = setUp({
      frames: {
        get: async (place) => Buffer.from(place.key),
        delete: async (place) => void deleted.push(place.key),
      },
      reader: {
        read: async (image) => {
          if (Buffer.from(image).toString() === key(2)) throw new UnreadableImage('too-large');
          return [sighting('accepted')];
        },
      },
    });
    const event = framesEvent([{ key: key(1) }, { key: key(2) }, { key: key(3) }]);
    expect(await handler(event)).toEqual({ batchItemFailures: [] });
    expect(refused.map(({ reason }) => reason)).toEqual(['frame-unreadable']);
    expect(sent.map(({ frame }) => frame)).toEqual([key(1)]);
    expect([...deleted].sort()).toEqual([key(1), key(2), key(3)]);
  });

  it('does nothing about a frame that is gone already', async () => {
    const { handler, sent, refused } = setUp({
      frames: { get: async () => 'gone', delete: async () => undefined },
    });
    expect(await handler(framesEvent([{ key: key(1) }]))).toEqual({ batchItemFailures: [] });
    expect([...sent, ...refused]).toEqual([]);
  });

  it('brings back only the message that failed, and keeps its frame', async () => {
    const plates = ['TEST123', 'FAKE456', 'XMPL789'];
    const { handler, deleted, sent, lines } = setUp({
      reader: { read: async () => [sighting('accepted', plates.shift())] },
      detected: {
        put: async ([record]) => {
          if (record?.frame === key(2)) throw new Error('TEST123 could not be sent');
        },
      },
    });
    const event = framesEvent([{ key: key(1) }, { key: key(2) }, { key: key(3) }]);
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }] });
    expect(deleted).toEqual([key(1), key(3)]);
    expect(sent).toEqual([]);
    expect(lines.join()).not.toContain('TEST');
  });

  describe('of several frames in which one vehicle passes', () => {
    const [first, second, third] = [key(1), key(2), key(3)];
    const looks: Record<string, Sighting[]> = {
      [first]: [sighting('abstained', 'TEST128', 0.5)],
      [second]: [sighting('accepted', 'TEST123', 0.95), sighting('accepted', 'FAKE456', 0.9)],
      [third]: [sighting('accepted', 'TEST123', 0.85)],
    };
    const event = framesEvent([{ key: third }, { key: first }, { key: second }]);
    const passing = (changes: Partial<DetectPlatesDeps> = {}) => {
      const bucket = new Set([first, second, third]);
      const parts = setUp({
        frames: {
          get: async (place) => (bucket.has(place.key) ? Buffer.from(place.key) : 'gone'),
          delete: async (place) => void bucket.delete(place.key),
        },
        reader: { read: async (image) => looks[Buffer.from(image).toString()] ?? [] },
        ...changes,
      });
      return { ...parts, bucket };
    };
    const platesOf = (sent: readonly DetectedRecord[]) =>
      sent.flatMap(({ frame, reads }) => reads.map(({ read }) => [frame, read.plate]));

    it('sends one read of each vehicle, with the surest frame’s picture and id', async () => {
      const { handler, sent, bucket, figures } = passing();
      expect(await handler(event)).toEqual({ batchItemFailures: [] });
      expect(platesOf(sent)).toEqual([
        [second, 'FAKE456'],
        [second, 'TEST123'],
      ]);
      expect([...bucket]).toEqual([]);
      expect(figures).toEqual(['Detected 1', 'Detected 1', 'Fused 2']);
    });

    it('sends the same ids when all frames come again in another order', async () => {
      const { handler, sent } = passing({
        frames: { get: async ({ key: name }) => Buffer.from(name), delete: async () => undefined },
      });
      await handler(event);
      await handler(framesEvent([{ key: first }, { key: second }, { key: third }]));
      const ids = sent.map(({ reads }) => reads[0]?.read.readId);
      expect(ids.slice(2)).toEqual(ids.slice(0, 2));
      expect(new Set(ids).size).toBe(2);
    });

    it('sends nothing while a frame that would be read alone later cannot be deleted', async () => {
      const parts = passing();
      const { handler, sent } = setUp({
        reader: { read: async (image) => looks[Buffer.from(image).toString()] ?? [] },
        frames: {
          get: async ({ key: name }) => Buffer.from(name),
          delete: async ({ key: name }) => {
            if (name === third) throw new Error('down');
          },
        },
      });
      expect((await handler(event)).batchItemFailures).toHaveLength(3);
      expect(sent).toEqual([]);
      await parts.handler(event);
      expect(platesOf(parts.sent)).toHaveLength(2);
    });

    it('keeps the surest frame until its reads are sent, so that none is lost', async () => {
      let isDown = true;
      const sent: DetectedRecord[] = [];
      const { handler, bucket } = passing({
        detected: {
          put: async (records) => {
            if (isDown) throw new Error('down');
            sent.push(...records);
          },
        },
      });
      await handler(event);
      expect([...bucket]).toEqual([second]);
      isDown = false;
      expect(await handler(event)).toEqual({ batchItemFailures: [] });
      expect(platesOf(sent)).toEqual([
        [second, 'TEST123'],
        [second, 'FAKE456'],
      ]);
    });

    it('keeps every frame until the read is sent where none of them said enough alone', async () => {
      const { handler, bucket } = passing({
        reader: { read: async () => [sighting('abstained', 'TEST123', 0.7)] },
        detected: { put: () => Promise.reject(new Error('down')) },
      });
      await handler(event);
      expect(bucket.size).toBe(3);
    });

    it('never makes one read of two cameras’ frames', async () => {
      const { handler, sent } = setUp({
        cameras: {
          find: async ([id = '']) => new Map([[id, madeCamera({ cameraId: id })]]),
        },
        reader: { read: async () => [sighting('accepted')] },
      });
      await handler(framesEvent([{ key: key(1) }, { key: key(2, 'fixed-2') }]));
      expect(sent.map(({ cameraId }) => cameraId)).toEqual(['fixed-1', 'fixed-2']);
    });
  });

  it('keeps the frame until its refusal is stored', async () => {
    const { handler, deleted } = setUp({
      camera: withoutSite,
      refusals: { put: () => Promise.reject(new Error('down')) },
    });
    expect(await handler(framesEvent([{ key: key(1) }]))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }],
    });
    expect(deleted).toEqual([]);
  });

  it('leaves a message that no bucket sent for the dead-letter queue', async () => {
    const { handler } = setUp();
    expect(await handler({ Records: [{ messageId: 'm9', body: '{}' }] })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm9' }],
    });
  });
});
