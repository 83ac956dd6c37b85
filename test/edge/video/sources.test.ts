import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { StartCodes } from '../../../edge/video/nal';
import { openVideo } from '../../../edge/video/sources/open-video';
import { VideoFault } from '../../../edge/video/video';
import { CameraFiles } from './camera-files';

const files = new CameraFiles();
afterAll(() => files.remove());

async function read(path: string) {
  const video = await openVideo(path);
  try {
    const frames = [];
    for await (const frame of video.frames()) frames.push(frame);
    return { ...video.track, frames };
  } finally {
    await video.close();
  }
}

const fragmented = ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'];

describe('a video file', () => {
  let mp4: string;
  beforeAll(async () => {
    mp4 = await files.encode('plain.mp4', [40, 120, 200]);
  });

  it.each([
    ['MP4', () => mp4],
    ['fragmented MP4', () => files.remux(mp4, 'fragmented.mp4', fragmented)],
    ['MP4 with the movie box in front', () => files.remux(mp4, 'fast.mp4', ['-movflags', 'faststart'])],
    ['QuickTime', () => files.remux(mp4, 'plain.mov')],
    ['Matroska', () => files.remux(mp4, 'plain.mkv')],
    ['live Matroska', () => files.remux(mp4, 'live.mkv', ['-f', 'matroska', '-live', '1'])],
    ['raw H.264', () => files.remux(mp4, 'plain.h264', ['-bsf:v', 'h264_mp4toannexb'])],
  ])('in %s gives the same pictures at the same times', async (_, make) => {
    const { width, height, codecPrivate, frames } = await read(make());
    const expected = await read(mp4);
    expect([width, height]).toEqual([64, 48]);
    expect(codecPrivate.subarray(0, 30)).toEqual(expected.codecPrivate.subarray(0, 30));
    expect(frames.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 30 }, (_, index) => index * 100));
    expect(frames.flatMap(({ isKeyframe }, index) => (isKeyframe ? [index] : []))).toEqual([0, 10, 20]);
    expect(frames.slice(1).map(({ data }) => data.toString('hex'))).toEqual(
      expected.frames.slice(1).map(({ data }) => data.toString('hex')),
    );
  });

  it.each([
    ['MP4', 'reordered.mp4', []],
    ['fragmented MP4', 'reordered-fragments.mp4', fragmented],
    ['Matroska', 'reordered.mkv', []],
  ])('whose pictures are not coded in the order of time keeps both orders in %s', async (_, name, args) => {
    const source = await files.encode(`source-of-${name}.mp4`, [40, 120], { reorderedFrames: 2 });
    const { frames } = await read(files.remux(source, name, args));
    const times = frames.map(({ atMs }) => Math.round(atMs));
    expect(times.slice(0, 4)).not.toEqual([0, 100, 200, 300]);
    expect([...times].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index * 100));
  });

  it('that is none is refused', async () => {
    writeFileSync(files.path('text.mp4'), 'this is a text, whatever its name says');
    await expect(openVideo(files.path('text.mp4'))).rejects.toMatchObject({ code: 'not-video' });
    writeFileSync(files.path('empty.mp4'), '');
    await expect(openVideo(files.path('empty.mp4'))).rejects.toMatchObject({ code: 'not-video' });
  });

  it.each(['.mp4', '.mkv'])('of another coding is refused (%s)', async (ending) => {
    const path = files.path(`mpeg4${ending}`);
    files.remux(mp4, `mpeg4${ending}`, ['-c:v', 'mpeg4']);
    await expect(openVideo(path)).rejects.toMatchObject({ code: 'not-h264' });
  });

  it.each(['mp4', 'mkv', 'h264'])(
    'that is cut off or damaged ends in a fault and in nothing else (%s)',
    async (ending) => {
      const whole = readFileSync(
        files.remux(mp4, `hurt-source.${ending}`, ending === 'h264' ? ['-bsf:v', 'h264_mp4toannexb'] : []),
      );
      const path = files.path(`hurt.${ending}`);
      const damage = fc.tuple(
        fc.integer({ min: 1, max: whole.length }),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
      );
      await fc.assert(
        fc.asyncProperty(damage, async ([length, changes]) => {
          const bytes = Buffer.from(whole);
          for (const [at, byte] of changes) bytes[at] = byte;
          writeFileSync(path, bytes.subarray(0, length));
          try {
            await read(path);
          } catch (error) {
            expect(error).toBeInstanceOf(VideoFault);
          }
        }),
        { numRuns: 150 },
      );
    },
  );
});

it('finds NAL units between start codes however the stream is cut into pieces', () => {
  const stream = Buffer.from('0000000167420001000001688000000000016588030000010102ff', 'hex');
  const expected = ['67420001', '6880', '658803', '0102ff'];
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (places) => {
      const edges = [0, ...places.sort((a, b) => a - b), stream.length];
      const startCodes = new StartCodes();
      const units = edges
        .slice(1)
        .flatMap((edge, index) => startCodes.push(stream.subarray(edges[index], edge)));
      expect([...units, ...startCodes.end()].map((unit) => unit.toString('hex'))).toEqual(expected);
    }),
  );
});
