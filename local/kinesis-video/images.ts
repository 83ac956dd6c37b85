import sharp from 'sharp';
import type { DecodedFrame, DecodeFrames } from './decoder';
import type { ImageFormat } from './image-settings';
import { frameTimes, type KeptFragment, type TimeOrigin } from './stream';

/** A frame of a fragment that shall become an image. */
export interface WantedFrame {
  readonly atMs: number;
  /** Among the fragment's frames in order of time; 0 is the earliest. */
  readonly position: number;
}

/**
 * The frames of a fragment that are at least `intervalMs` after `lastMs` and after each other, in order of time: the
 * rule by which images are made at no more than the configured rate.
 */
export function sampledFrames(
  fragment: KeptFragment,
  { origin, intervalMs, lastMs }: { origin: TimeOrigin; intervalMs: number; lastMs: number | undefined },
): readonly WantedFrame[] {
  const wanted: WantedFrame[] = [];
  let nextMs = lastMs === undefined ? Number.NEGATIVE_INFINITY : lastMs + intervalMs;
  for (const [position, atMs] of timesInOrder(fragment, origin).entries()) {
    if (atMs < nextMs) continue;
    wanted.push({ atMs, position });
    nextMs = atMs + intervalMs;
  }
  return wanted;
}

/** The first frame from `fromMs` on and before `toMs`. */
export function firstFrame(
  fragments: readonly KeptFragment[],
  { origin, fromMs, toMs }: { origin: TimeOrigin; fromMs: number; toMs: number },
): { readonly fragment: KeptFragment; readonly frame: WantedFrame } | undefined {
  for (const fragment of fragments) {
    for (const [position, atMs] of timesInOrder(fragment, origin).entries())
      if (atMs >= fromMs && atMs < toMs) return { fragment, frame: { atMs, position } };
  }
  return undefined;
}

/**
 * Encodes frames of one fragment. A fragment that does not begin with a keyframe is decoded behind the ones since the
 * last keyframe, as far as they are among `earlier`.
 */
export async function imagesOf(
  fragment: KeptFragment,
  frames: readonly WantedFrame[],
  how: {
    readonly earlier: readonly KeptFragment[];
    readonly format: ImageFormat;
    readonly decode: DecodeFrames;
  },
): Promise<readonly Buffer[]> {
  const needed = [...leadUp(fragment, how.earlier), fragment];
  const before = needed.slice(0, -1).reduce((sum, each) => sum + each.frames.length, 0);
  const media = Buffer.concat([fragment.header, ...needed.map(({ cluster }) => cluster)]);
  const decoded = await how.decode(
    media,
    frames.map(({ position }) => before + position),
  );
  return Promise.all(decoded.map((frame) => encoded(frame, how.format)));
}

function leadUp(fragment: KeptFragment, earlier: readonly KeptFragment[]): readonly KeptFragment[] {
  if (fragment.frames[0]?.isKeyframe === true) return [];
  const start = earlier.findLastIndex(({ frames }) => frames[0]?.isKeyframe === true);
  return start < 0 ? [] : earlier.slice(start);
}

function timesInOrder(fragment: KeptFragment, origin: TimeOrigin): readonly number[] {
  return [...frameTimes(fragment, origin)].sort((a, b) => a - b);
}

function encoded({ rgb, width, height }: DecodedFrame, format: ImageFormat): Promise<Buffer> {
  const image = sharp(rgb, { raw: { width, height, channels: 3 } }).resize({
    ...(format.WidthPixels === undefined ? {} : { width: format.WidthPixels }),
    ...(format.HeightPixels === undefined ? {} : { height: format.HeightPixels }),
    fit: 'fill',
  });
  const quality = Number(format.FormatConfig?.JPEGQuality ?? 80);
  return (format.Format === 'PNG' ? image.png() : image.jpeg({ quality })).toBuffer();
}
