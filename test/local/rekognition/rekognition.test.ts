/** @jest-environment ./test/reader/onnx-environment.cjs */
import { DetectFacesCommand, DetectTextCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import sharp from 'sharp';
import { Rekognition } from '../../../local/rekognition/rekognition';
import { renderScene } from '../../../scripts/scenes/scene';
import { clientConfig, fixedClock, recordingAuthorizer, testCredentials } from '../support';

const iam = recordingAuthorizer();
let client: RekognitionClient;
let url: string;
let close: () => Promise<void>;
let scene: Awaited<ReturnType<typeof renderScene>>;

beforeAll(async () => {
  const rekognition = new Rekognition({
    clock: fixedClock(),
    authorize: iam.authorize,
    credentials: testCredentials.source,
  });
  ({ url, close } = await rekognition.listen());
  client = new RekognitionClient(clientConfig(url));
  scene = await renderScene({ plate: 'TEST123', seed: 1 });
}, 60_000);
afterAll(async () => {
  client.destroy();
  await close();
});

const detect = (Bytes: Uint8Array) => client.send(new DetectTextCommand({ Image: { Bytes } }));

describe('DetectText for the official client', () => {
  it('names lines, then the words of each, as the service does', async () => {
    const { TextDetections = [], TextModelVersion } = await detect(scene.image);
    expect(TextModelVersion).toBe('3.0');
    expect(TextDetections.map(({ Type, Id, DetectedText }) => [Type, Id, DetectedText])).toEqual([
      ['LINE', 0, 'EXAMPLE'],
      ['LINE', 1, 'TEST123'],
      ['WORD', 2, 'EXAMPLE'],
      ['WORD', 3, 'TEST123'],
    ]);
    expect(TextDetections.map(({ ParentId }) => ParentId)).toEqual([undefined, undefined, 0, 1]);
    for (const { Confidence } of TextDetections) {
      expect(Confidence).toBeGreaterThan(80);
      expect(Confidence).toBeLessThanOrEqual(100);
    }
  }, 60_000);

  it('says where the text is, in shares of the picture, clockwise from its top left', async () => {
    const { TextDetections = [] } = await detect(scene.image);
    const { BoundingBox, Polygon = [] } = TextDetections[1]?.Geometry ?? {};
    const { label } = scene;
    const [left, top] = [(BoundingBox?.Left ?? 0) * 1280, (BoundingBox?.Top ?? 0) * 720];
    const [width, height] = [(BoundingBox?.Width ?? 0) * 1280, (BoundingBox?.Height ?? 0) * 720];
    expect(Math.abs(left + width / 2 - (label.x + label.width / 2))).toBeLessThan(label.width * 0.1);
    expect(Math.abs(top + height / 2 - (label.y + label.height / 2))).toBeLessThan(label.height * 0.2);
    expect(width).toBeGreaterThan(label.width * 0.6);
    const [a, b, c, d] = Polygon.map(({ X = 0, Y = 0 }) => ({ x: X, y: Y }));
    expect(Polygon).toHaveLength(4);
    expect((a?.x ?? 1) < (b?.x ?? 0) && (b?.y ?? 1) < (c?.y ?? 0)).toBe(true);
    expect((d?.x ?? 1) < (c?.x ?? 0) && (a?.y ?? 1) < (d?.y ?? 0)).toBe(true);
  }, 60_000);

  it('places text in the picture turned as its EXIF orientation says', async () => {
    const turned = await sharp(scene.image).rotate(-90).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { TextDetections = [] } = await detect(turned);
    const serial = TextDetections.find(({ DetectedText }) => DetectedText === 'TEST123');
    const { Left = 0, Width = 0 } = serial?.Geometry?.BoundingBox ?? {};
    const middle = scene.label.x + scene.label.width / 2;
    expect(Math.abs((Left + Width / 2) * 1280 - middle)).toBeLessThan(scene.label.width * 0.1);
  }, 60_000);

  it('finds nothing on an empty wall', async () => {
    const wall = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#8a7a6a' } })
      .jpeg()
      .toBuffer();
    expect(await detect(wall)).toMatchObject({ TextDetections: [] });
  }, 60_000);

  it('asks IAM for the one action on every resource, before it looks', async () => {
    iam.calls.length = 0;
    await expect(detect(Buffer.from('no picture'))).rejects.toMatchObject({
      name: 'InvalidImageFormatException',
    });
    expect(iam.calls).toMatchObject([{ action: 'rekognition:DetectText', resource: '*' }]);
  });

  it.each([
    ['what is no picture', () => Buffer.from('GIF89a and so on'), 'InvalidImageFormatException'],
    ['half a picture', () => scene.image.subarray(0, 300), 'InvalidImageFormatException'],
    ['more than 5 MiB', () => Buffer.alloc(5 * 1024 * 1024 + 1), 'ValidationException'],
  ])('refuses %s', async (_, picture, name) => {
    await expect(detect(picture())).rejects.toMatchObject({ name });
  });

  it('says what it does not model', async () => {
    const elsewhere = { S3Object: { Bucket: 'frames', Name: 'frame.jpg' } };
    await expect(client.send(new DetectTextCommand({ Image: elsewhere }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'the local rekognition does not model Image.S3Object',
    });
    const Filters = { WordFilter: { MinConfidence: 90 } };
    await expect(
      client.send(new DetectTextCommand({ Image: { Bytes: scene.image }, Filters })),
    ).rejects.toThrow('does not model Filters');
    await expect(
      client.send(new DetectFacesCommand({ Image: { Bytes: scene.image } })),
    ).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'the local rekognition does not model DetectFaces',
    });
  });

  it('refuses whom IAM refuses, and who signs wrongly', async () => {
    iam.refuse('rekognition:DetectText');
    await expect(detect(scene.image)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const { keys } = testCredentials;
    const stranger = new RekognitionClient({
      endpoint: url,
      region: 'us-east-2',
      credentials: { ...keys, secretAccessKey: 'another' },
      maxAttempts: 1,
    });
    await expect(
      stranger.send(new DetectTextCommand({ Image: { Bytes: scene.image } })),
    ).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    stranger.destroy();
  });
});
