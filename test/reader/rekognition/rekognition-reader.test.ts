/** @jest-environment ./test/reader/onnx-environment.cjs */
import { createCipheriv } from 'node:crypto';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import sharp from 'sharp';
import { UnreadableImage } from '../../../core/reads/reader';
import { Rekognition } from '../../../local/rekognition/rekognition';
import { detectTextBy } from '../../../reader/rekognition/detect-text';
import type { DetectedLine } from '../../../reader/rekognition/detected-text';
import { type Picture, pictureBytesMax } from '../../../reader/rekognition/picture';
import { createRekognitionReader } from '../../../reader/rekognition/rekognition-reader';
import { renderScene } from '../../../scripts/scenes/scene';
import { clientConfig, fixedClock, recordingAuthorizer, testCredentials } from '../../local/support';
import { madeLine } from './made-text';

/** Answers each call with the next of these; the last again and again. */
function answering(...answers: readonly (readonly DetectedLine[])[]) {
  const sent: Picture[] = [];
  const reader = createRekognitionReader({
    detectText: async (picture) => {
      sent.push(picture);
      return [...(answers[Math.min(sent.length, answers.length) - 1] ?? [])];
    },
  });
  return { reader, sent };
}

const wall = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#8a7a6a' } }).jpeg();
const frame = () => wall(1280, 720).toBuffer();
const serial = { text: 'TEST123', x: 640, y: 400, height: 40 };
const enlargedSerial = { ...serial, x: 320, y: 200, height: 110 };

describe('reading plates by the managed service', () => {
  it('gives the plate with its state, its box and the vehicle around it', async () => {
    const state = madeLine({ text: 'ILLINOIS', x: 640, y: 372, height: 14 });
    const { reader, sent } = answering([state, madeLine(serial)]);
    expect(await reader.read(await frame())).toEqual([
      {
        plate: 'TEST123',
        state: 'IL',
        candidates: [],
        confidence: 0.99,
        characterConfidences: [0.99, 0.99, 0.99, 0.99, 0.99, 0.99, 0.99],
        outcome: 'accepted',
        box: { x: 547, y: 353, width: 186, height: 94 },
        vehicleBox: { x: 44, y: 0, width: 1192, height: 688 },
      },
    ]);
    expect(sent).toHaveLength(1);
  });

  it('looks once more at a plate that is not sure, enlarged, and gives `?` where the looks differ', async () => {
    const { reader, sent } = answering(
      [madeLine({ ...serial, confidence: 0.8 })],
      [madeLine({ ...enlargedSerial, text: 'TEST127' })],
    );
    expect(await reader.read(await frame())).toMatchObject([{ plate: 'TEST12?' }]);
    expect(sent.map(({ width }) => width)).toEqual([1280, 640]);
  });

  it('takes the second look’s word for what the first was less sure of', async () => {
    const { reader } = answering([madeLine({ ...serial, confidence: 0.8 })], [madeLine(enlargedSerial)]);
    expect(await reader.read(await frame())).toMatchObject([
      { plate: 'TEST123', confidence: 0.99, outcome: 'accepted' },
    ]);
  });

  it('never costs more than four calls for a frame', async () => {
    const street = [100, 400, 700, 1000].flatMap((x) =>
      [150, 550].map((y) => madeLine({ ...serial, x, y, height: 20, confidence: 0.5 })),
    );
    const { reader, sent } = answering(street, []);
    expect(await reader.read(await frame())).toHaveLength(8);
    expect(sent).toHaveLength(4);
  });

  it('pays no second look for words', async () => {
    const { reader, sent } = answering([madeLine({ ...serial, text: 'NOTICE', confidence: 0.8 })]);
    expect(await reader.read(await frame())).toMatchObject([{ plate: 'NOTICE', outcome: 'abstained' }]);
    expect(sent).toHaveLength(1);
  });

  it('sends the picture upright and says nothing of where or when it was taken', async () => {
    const { reader, sent } = answering([]);
    const withPlace = await wall(720, 1280)
      .withExif({
        IFD0: { Copyright: 'made up' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '40/1 30/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    await reader.read(withPlace);
    expect(sent[0]).toMatchObject({ width: 1280, height: 720 });
    const metadata = await sharp(sent[0]?.jpeg).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width: 1280, height: 720 });
    expect([metadata.exif, metadata.orientation, metadata.xmp]).toEqual([undefined, undefined, undefined]);
  });

  it('never sends more than the service takes, and gives boxes in pixels of the frame itself', async () => {
    const [width, height] = [4200, 2500];
    const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16));
    const noise = cipher.update(Buffer.alloc(width * height * 3));
    const image = await sharp(noise, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 60 })
      .toBuffer();
    const { reader, sent } = answering([madeLine({ ...serial, x: 800, y: 640, height: 40 })]);
    const [sighting] = await reader.read(image);
    const size = sent[0]?.jpeg.byteLength ?? Number.POSITIVE_INFINITY;
    expect(size).toBeLessThanOrEqual(pictureBytesMax);
    const scale = width / (sent[0]?.width ?? 1);
    expect(scale).toBeGreaterThan(1);
    const { x, width: boxWidth } = sighting?.box ?? { x: 0, width: 0 };
    expect(Math.abs(x + boxWidth / 2 - 800 * scale)).toBeLessThan(3);
  }, 60_000);

  it('sends nothing that is no picture', async () => {
    const { reader, sent } = answering([]);
    await expect(reader.read(Buffer.from('<svg/>'))).rejects.toEqual(new UnreadableImage('not-an-image'));
    expect(sent).toEqual([]);
  });
});

describe('with the official client at the local service', () => {
  let client: RekognitionClient;
  let close: () => Promise<void>;
  const iam = recordingAuthorizer();
  beforeAll(async () => {
    const { source: credentials } = testCredentials;
    const service = new Rekognition({ clock: fixedClock(), authorize: iam.authorize, credentials });
    const listening = await service.listen();
    close = listening.close;
    client = new RekognitionClient(clientConfig(listening.url));
  });
  afterAll(async () => {
    client.destroy();
    await close();
  });

  it.each([
    { plate: 'TEST123', seed: 1 },
    { plate: 'XMPL246', seed: 4 },
    { plate: 'ZZZ4321', seed: 7 },
  ])(
    'reads $plate in its street scene, where it is',
    async (scene) => {
      const { image, label } = await renderScene(scene);
      const [first, ...rest] = await createRekognitionReader({ detectText: detectTextBy(client) }).read(
        image,
      );
      expect(rest).toEqual([]);
      expect(first).toMatchObject({ plate: scene.plate, outcome: 'accepted' });
      const { x, y, width, height } = first?.box ?? { x: 0, y: 0, width: 0, height: 0 };
      expect(Math.abs(x + width / 2 - (label.x + label.width / 2))).toBeLessThan(label.width * 0.1);
      expect(Math.abs(y + height / 2 - (label.y + label.height / 2))).toBeLessThan(label.height * 0.2);
    },
    60_000,
  );

  it('tells a missing grant as a failure of the service', async () => {
    iam.refuse('rekognition:DetectText');
    const reader = createRekognitionReader({ detectText: detectTextBy(client) });
    await expect(reader.read(await frame())).rejects.toMatchObject({
      name: 'PlateServiceError',
      code: 'unavailable',
      cause: { name: 'AccessDeniedException' },
    });
  });
});
