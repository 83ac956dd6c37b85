import { generateKeyPairSync, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { parsePlate } from '../../core/plate/plate';
import { type Envelope, parseEnvelope, verifyEnvelope } from '../../core/reads/envelope';
import { type PlateReader, type Sighting, UnreadableImage } from '../../core/reads/reader';
import { type AgentOptions, type PhotoOutcome, runAgent } from '../../edge/agent';
import type { CameraFrame } from '../../edge/frame';
import { passLimits } from '../../reader/fusion/passes';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const nowMs = 1_790_000_000_000;
const camera = {
  cameraId: 'car-7',
  network: 'bloomington',
  position: { latitude: 40.48, longitude: -88.99 },
};

function sighting(text: string, outcome: Sighting['outcome'] = 'accepted'): Sighting {
  const plate = parsePlate(text);
  if (plate === undefined) throw new Error('a test plate must parse');
  return {
    plate,
    candidates: [],
    confidence: 0.9,
    characterConfidences: [],
    outcome,
    box: { x: 200, y: 150, width: 60, height: 30 },
    vehicleBox: { x: 50, y: 20, width: 350, height: 220 },
  };
}

let photo: Uint8Array;
beforeAll(async () => {
  photo = await sharp({
    create: {
      width: 480,
      height: 270,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
      background: '#000',
    },
  })
    .jpeg()
    .toBuffer();
});

/** A reader that gives one list of sightings for each photo in turn. */
function readerOf(...answers: readonly (readonly Sighting[] | Error)[]): PlateReader {
  const left = [...answers];
  return {
    async read() {
      const answer = left.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

async function* frames(count: number, more: Partial<CameraFrame> = {}): AsyncGenerator<CameraFrame> {
  for (let at = 0; at < count; at++)
    yield { image: photo, capturedAtMs: nowMs + at, name: `photo-${at}`, ...more };
}

async function run(options: Pick<AgentOptions, 'frames' | 'reader'> & Partial<AgentOptions>) {
  const envelopes: Envelope[] = [];
  const photos: PhotoOutcome[] = [];
  const counts = await runAgent({
    camera,
    privateKey,
    clock: () => nowMs + 5000,
    newId: randomUUID,
    onPhoto: (outcome) => photos.push(outcome),
    deliver: async (bytes) => {
      const envelope = parseEnvelope(bytes);
      if (envelope.kind === 'fault') throw new Error(envelope.code);
      envelopes.push(envelope);
      return 'sent';
    },
    ...options,
  });
  return { counts, envelopes, photos };
}

describe('the camera agent', () => {
  it('sends what it read, signed with the device key, with both pictures', async () => {
    const { counts, envelopes } = await run({ frames: frames(1), reader: readerOf([sighting('TEST123')]) });
    expect(counts).toEqual({
      photos: 1,
      reads: 1,
      abstained: 0,
      unreadable: 0,
      envelopesSent: 1,
      envelopesSpooled: 0,
    });
    const [envelope] = envelopes;
    expect(envelope && verifyEnvelope(envelope, publicPem)).toBe(true);
    expect(envelope).toMatchObject({ cameraId: 'car-7', sentAtMs: nowMs + 5000 });
    const [captured] = envelope?.reads ?? [];
    expect(captured?.read).toMatchObject({
      plate: 'TEST123',
      network: 'bloomington',
      capturedAtMs: nowMs,
      position: camera.position,
    });
    expect(await sharp(captured?.images.plate).metadata()).toMatchObject({
      format: 'jpeg',
      width: 60,
      height: 30,
    });
    expect(await sharp(captured?.images.vehicle).metadata()).toMatchObject({
      format: 'jpeg',
      width: 350,
      height: 220,
    });
  });

  it('counts what it could not read well enough and does not send it', async () => {
    const { counts, envelopes, photos } = await run({
      frames: frames(1),
      reader: readerOf([sighting('TEST123', 'abstained')]),
    });
    expect(counts).toMatchObject({ photos: 1, reads: 0, abstained: 1 });
    expect(photos).toEqual([{ kind: 'read', name: 'photo-0', reads: 0, abstained: 1 }]);
    expect(envelopes).toEqual([]);
  });

  it('sends one read of a vehicle in several frames, as most of them read it, with the surest one’s picture', async () => {
    const looks = ['TEST128', 'TEST123', 'TEST123'].map((text, at) => [
      { ...sighting(text), confidence: [0.82, 0.81, 0.8][at] ?? 0 },
    ]);
    const { counts, envelopes } = await run({
      frames: frames(3),
      reader: readerOf(...looks),
      passes: passLimits,
    });
    expect(counts).toMatchObject({ photos: 3, reads: 1, abstained: 0, envelopesSent: 1 });
    const [captured] = envelopes[0]?.reads ?? [];
    expect(captured?.read).toMatchObject({ plate: 'TEST123', capturedAtMs: nowMs });
    expect(captured?.images.plate?.byteLength).toBeGreaterThan(0);
  });

  it('sends what passed once nothing more comes for a second', async () => {
    const sentAfter: number[] = [];
    let taken = 0;
    async function* pausing(): AsyncGenerator<CameraFrame> {
      for await (const frame of frames(2)) {
        taken++;
        yield frame;
      }
      await new Promise((done) => setTimeout(done, 120));
      taken++;
      yield* frames(1);
    }
    const options = { reader: readerOf([sighting('TEST123')], [sighting('TEST123')], []), waitMaxMs: 40 };
    const deliver = async () => {
      sentAfter.push(taken);
      return 'sent' as const;
    };
    await run({ frames: pausing(), passes: passLimits, deliver, ...options });
    expect(sentAfter).toEqual([2]);
  });

  it('passes over a photo that cannot be read and goes on', async () => {
    const { counts, photos } = await run({
      frames: frames(2),
      reader: readerOf(new UnreadableImage('truncated'), [sighting('TEST123')]),
    });
    expect(counts).toMatchObject({ photos: 2, reads: 1, unreadable: 1 });
    expect(photos[0]).toEqual({ kind: 'unreadable', name: 'photo-0', code: 'truncated' });
  });

  it('ends when the reader itself is broken', async () => {
    await expect(run({ frames: frames(1), reader: readerOf(new Error('no model')) })).rejects.toThrow(
      'no model',
    );
  });

  it('packs the reads of many photos together, at most 10 an envelope', async () => {
    const { counts, envelopes } = await run({
      frames: frames(12),
      reader: readerOf(...Array.from({ length: 12 }, () => [sighting('TEST123')])),
    });
    expect(envelopes.map(({ reads }) => reads.length)).toEqual([10, 2]);
    expect(counts).toMatchObject({ reads: 12, envelopesSent: 2 });
  });

  it('does not let a read wait for the next photo longer than it may', async () => {
    let release: () => void = () => undefined;
    async function* slow() {
      yield* frames(1);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    }
    const deliver = jest.fn(async () => {
      release();
      return 'sent' as const;
    });
    const { counts } = await run({
      frames: slow(),
      reader: readerOf([sighting('TEST123')]),
      deliver,
      waitMaxMs: 10,
    });
    expect(deliver).toHaveBeenCalledTimes(1);
    expect(counts.envelopesSent).toBe(1);
  });

  it('says where a car was, not where it is based', async () => {
    const position = { latitude: 40.5, longitude: -89 };
    const { envelopes } = await run({
      frames: frames(1, { position }),
      reader: readerOf([sighting('TEST123')]),
    });
    expect(envelopes[0]?.reads[0]?.read.position).toEqual(position);
  });

  it('counts what had to be spooled', async () => {
    const { counts } = await run({
      frames: frames(1),
      reader: readerOf([sighting('TEST123')]),
      deliver: async () => 'spooled',
    });
    expect(counts).toMatchObject({ envelopesSent: 0, envelopesSpooled: 1 });
  });
});

describe('the pictures of a read', () => {
  it('stay within 256 KiB together, whatever the photo', async () => {
    const image = await sharp({
      create: {
        width: 4000,
        height: 3000,
        channels: 3,
        noise: { type: 'gaussian', mean: 128, sigma: 100 },
        background: '#000',
      },
    })
      .jpeg({ quality: 100 })
      .toBuffer();
    const whole = { x: 0, y: 0, width: 4000, height: 3000 };
    const { envelopes } = await run({
      frames: frames(1, { image }),
      reader: readerOf([{ ...sighting('TEST123'), box: whole, vehicleBox: whole }]),
    });
    const { plate, vehicle } = envelopes[0]?.reads[0]?.images ?? {};
    expect(plate?.byteLength).toBeGreaterThan(0);
    expect(vehicle?.byteLength).toBeGreaterThan(0);
    expect((plate?.byteLength ?? 0) + (vehicle?.byteLength ?? 0)).toBeLessThanOrEqual(256 * 1024);
  }, 20_000);
});
