import { fragmentLimits, fragmentsOf } from '../../../edge/video/fragments';
import { sessionHeader } from '../../../edge/video/media-writer';
import type { VideoFrame } from '../../../edge/video/video';
import { FragmentSplitter } from '../../../local/kinesis-video/fragment-splitter';

const startedAtMs = 1_900_000_000_000;

async function* pictures(...shown: readonly (readonly [atMs: number, isKeyframe: boolean])[]) {
  for (const [atMs, isKeyframe] of shown) yield { atMs, isKeyframe, data: Buffer.from('picture') };
}

async function cut(frames: AsyncIterable<VideoFrame>, limits = fragmentLimits) {
  const fragments = [];
  for await (const fragment of fragmentsOf(frames, { startedAtMs, limits })) fragments.push(fragment);
  return fragments.map(({ timecodeMs, lengthMs, frames: count, isSampled }) => [
    timecodeMs - startedAtMs,
    lengthMs,
    count,
    isSampled,
  ]);
}

const second = (number: number, keyframeEach: number) =>
  Array.from({ length: number * 10 }, (_, index): [number, boolean] => [
    index * 100,
    index % keyframeEach === 0,
  ]);

describe('cutting a video', () => {
  it('begins a fragment with each keyframe', async () => {
    expect(await cut(pictures(...second(3, 10)))).toEqual([
      [0, 900, 10, true],
      [1000, 900, 10, true],
      [2000, 900, 10, true],
    ]);
  });

  it('makes no more than two fragments a second of a video that is all keyframes', async () => {
    expect(await cut(pictures(...second(1, 1)))).toEqual([
      [0, 400, 5, true],
      [500, 400, 5, true],
    ]);
  });

  it('cuts between keyframes that are more than 9.5 seconds apart, and takes no image from what follows', async () => {
    expect(await cut(pictures(...second(12, 1000)))).toEqual([
      [0, 9500, 96, true],
      [9600, 2300, 24, false],
    ]);
  });

  it('never cuts between pictures that are shown before one that is sent before them', async () => {
    const reordered = pictures([0, true], [300, false], [100, false], [200, false], [600, false]);
    expect(await cut(reordered, { ...fragmentLimits, bytesMax: 2 * 'picture'.length })).toEqual([
      [0, 300, 4, true],
      [600, 0, 1, false],
    ]);
  });

  it('begins with the earliest picture, also when a keyframe is sent before it', async () => {
    expect(await cut(pictures([0, true], [1000, true], [900, false]))).toEqual([
      [0, 0, 1, true],
      [900, 100, 2, true],
    ]);
  });
});

it('writes what Kinesis Video reads: times, keyframes and the tag for images', async () => {
  const track = { codecPrivate: Buffer.from([1, 2, 3]), width: 64, height: 48 };
  const splitter = new FragmentSplitter();
  const events = splitter.push(sessionHeader(track));
  for await (const { bytes } of fragmentsOf(pictures(...second(2, 10)), { startedAtMs }))
    events.push(...splitter.push(bytes));
  const fragments = events.flatMap((event) => (event.kind === 'complete' ? [event.fragment] : []));
  expect(fragments.map(({ timecodeMs, tags }) => [timecodeMs, [...tags.keys()]])).toEqual([
    [startedAtMs, ['AWS_KINESISVIDEO_IMAGE_GENERATION']],
    [startedAtMs + 1000, ['AWS_KINESISVIDEO_IMAGE_GENERATION']],
  ]);
  expect(fragments[1]?.frames.slice(0, 2)).toEqual([
    { track: 1, atMs: startedAtMs + 1000, isKeyframe: true },
    { track: 1, atMs: startedAtMs + 1100, isKeyframe: false },
  ]);
});
