import fc from 'fast-check';
import { FragmentSplitter, type MediaEvent } from '../../../local/kinesis-video/fragment-splitter';
import { MediaError } from '../../../local/kinesis-video/media-error';
import { cluster, smallHeader } from './support';

function eventsOf(pieces: readonly Buffer[]): MediaEvent[] {
  const splitter = new FragmentSplitter();
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
}

function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const edges = [0, ...places.map((place) => place % bytes.length).sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
}

describe('taking a Matroska stream apart', () => {
  it('finds the same fragments however the stream is cut into pieces', () => {
    const media = Buffer.concat([
      smallHeader,
      cluster(1000, [0, 40, 80]),
      cluster(2000, [0, -40], ['place']),
      cluster(3000, [0], ['AWS_KINESISVIDEO_END_OF_FRAGMENT']),
    ]);
    const whole = eventsOf([media]);
    expect(whole).toHaveLength(6);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (places) => {
        expect(eventsOf(cutAt(media, places))).toEqual(whole);
      }),
    );
  });

  it('knows a fragment as whole as soon as its producer says so', () => {
    const splitter = new FragmentSplitter();
    const kinds = (bytes: Buffer) => splitter.push(bytes).map(({ kind }) => kind);
    expect(kinds(Buffer.concat([smallHeader, cluster(1000, [0])]))).toEqual(['started']);
    expect(kinds(cluster(2000, [0], ['AWS_KINESISVIDEO_END_OF_FRAGMENT']))).toEqual([
      'complete',
      'started',
      'complete',
    ]);
  });

  it('takes any bytes for what they are or refuses them with a code of PutMedia', () => {
    const media = Buffer.concat([smallHeader, cluster(1000, [0, 40]), cluster(2000, [0], ['place'])]);
    const damaged = fc
      .array(fc.tuple(fc.nat(media.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 6 })
      .map((changes) => {
        const bytes = Buffer.from(media);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      });
    const any = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof(damaged, any), (bytes) => {
        try {
          eventsOf([bytes]);
        } catch (error) {
          expect(error).toBeInstanceOf(MediaError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
