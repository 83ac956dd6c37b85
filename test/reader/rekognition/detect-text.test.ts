import {
  ImageTooLargeException,
  InvalidImageFormatException,
  ThrottlingException,
} from '@aws-sdk/client-rekognition';
import { UnreadableImage } from '../../../core/reads/reader';
import { detectTextBy, PlateServiceError } from '../../../reader/rekognition/detect-text';
import { linesOf } from '../../../reader/rekognition/detected-text';

const picture = { jpeg: Buffer.from('made up'), width: 1000, height: 500 };
const answering = (send: () => Promise<unknown>) => detectTextBy({ send });
const exception = { $metadata: {}, message: 'of a made-up picture' };
const Polygon = [
  { X: 0.1, Y: 0.2 },
  { X: 0.3, Y: 0.2 },
  { X: 0.3, Y: 0.4 },
  { X: 0.1, Y: 0.4 },
];

describe('what the service answers', () => {
  it('gives the lines with their words from left to right, in pixels', async () => {
    const right = Polygon.map(({ X, Y }) => ({ X: X + 0.2, Y }));
    const TextDetections = [
      { Type: 'LINE', Id: 0, DetectedText: 'TEST 123', Confidence: 99, Geometry: { Polygon } },
      { Type: 'WORD', Id: 1, ParentId: 0, DetectedText: '123', Confidence: 90, Geometry: { Polygon: right } },
      { Type: 'WORD', Id: 2, ParentId: 0, DetectedText: 'TEST', Confidence: 99, Geometry: { Polygon } },
    ];
    const [line, ...rest] = await answering(async () => ({ TextDetections }))(picture);
    expect(rest).toEqual([]);
    expect(line?.place).toMatchObject({ centre: { x: 200, y: 150 }, angle: 0 });
    expect([line?.place.width, line?.place.height].map((side) => Math.round(side ?? 0))).toEqual([200, 100]);
    expect(line?.words.map(({ text, confidence }) => [text, confidence])).toEqual([
      ['TEST', 0.99],
      ['123', 0.9],
    ]);
  });

  it('leaves out what has no text, place, confidence or line', () => {
    const line = { Type: 'LINE', Id: 0, DetectedText: 'TEST123', Confidence: 99, Geometry: { Polygon } };
    const word = {
      Type: 'WORD',
      ParentId: 0,
      DetectedText: 'TEST123',
      Confidence: 99,
      Geometry: { Polygon },
    };
    expect(linesOf([line, word], picture)).toHaveLength(1);
    for (const broken of [
      { ...word, DetectedText: undefined },
      { ...word, Confidence: undefined },
      { ...word, ParentId: undefined },
      { ...word, Geometry: undefined },
      { ...word, Geometry: { Polygon: [...Polygon, { X: Number.NaN, Y: 0 }] } },
      { ...word, ParentId: 7 },
    ])
      expect(linesOf([line, broken], picture)).toEqual([]);
  });

  it.each([
    [new InvalidImageFormatException(exception), new UnreadableImage('not-an-image')],
    [new ImageTooLargeException(exception), new UnreadableImage('too-large')],
    [new ThrottlingException(exception), new PlateServiceError('unavailable')],
    [new Error('socket hang up'), new PlateServiceError('unavailable')],
  ])('tells %s as the reader’s own', async (thrown, expected) => {
    const detect = answering(() => Promise.reject(thrown));
    await expect(detect(picture)).rejects.toEqual(expected);
    await expect(detect(picture)).rejects.toMatchObject({ cause: thrown, code: expected.code });
  });

  it('takes an answer without detections for a failure, not for an empty street', async () => {
    await expect(answering(async () => ({}))(picture)).rejects.toEqual(new PlateServiceError('malformed'));
  });
});
