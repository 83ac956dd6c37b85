import {
  type ElementStart,
  elementStart,
  elementsOf,
  h264CodecId,
  ids,
  numberOf,
  startBytesMax,
  variable,
} from '../ebml';
import type { FileBytes } from '../file-bytes';
import { type Video, VideoFault, type VideoFrame, type VideoTrack } from '../video';

interface Placed extends ElementStart {
  readonly at: number;
}

interface Found extends VideoTrack {
  readonly number: number;
}

const lacingFlags = 0x06;

/** The first H.264 track of a Matroska (or WebM) file. Throws `VideoFault`. */
export async function openMatroska(file: FileBytes): Promise<Video> {
  let msPerTick = 1;
  let track: Found | undefined;
  for await (const found of elementsOfFile(file)) {
    if (found.id === ids.cluster) break;
    if (found.id === ids.info) msPerTick = scaleOf(await contentOf(file, found));
    if (found.id === ids.tracks) track = trackOf(await contentOf(file, found));
  }
  if (track === undefined) throw new VideoFault('not-h264', 'no H.264 track in the Matroska file');
  const { number, ...kept } = track;
  return {
    track: kept,
    frames: () => framesOf(file, { number, msPerTick }),
    close: () => file.close(),
  };
}

async function* framesOf(
  file: FileBytes,
  { number, msPerTick }: { readonly number: number; readonly msPerTick: number },
): AsyncGenerator<VideoFrame> {
  let clusterTicks = 0;
  let firstMs: number | undefined;
  for await (const found of elementsOfFile(file)) {
    if (found.id === ids.timecode) clusterTicks = numberOf(await contentOf(file, found));
    if (found.id !== ids.simpleBlock && found.id !== ids.blockGroup) continue;
    const block = blockOf(found.id, await contentOf(file, found), number);
    if (block === undefined) continue;
    if (firstMs === undefined && !block.isKeyframe) continue;
    const atMs = (clusterTicks + block.offset) * msPerTick;
    firstMs ??= atMs;
    yield { data: block.data, atMs: atMs - firstMs, isKeyframe: block.isKeyframe };
  }
}

/** Every element of the segment and its clusters, in the order of the file; what holds frames is gone into. */
async function* elementsOfFile(file: FileBytes): AsyncGenerator<Placed> {
  for (let at = 0; at < file.size; ) {
    const start = elementStart(await file.upTo(at, startBytesMax));
    yield { ...start, at };
    const isEntered = start.id === ids.segment || start.id === ids.cluster;
    if (!isEntered && start.sizeBytes === undefined)
      throw new VideoFault('unsupported', 'a Matroska element has no size');
    at += start.headerBytes + (isEntered ? 0 : (start.sizeBytes ?? 0));
  }
}

function contentOf(file: FileBytes, { at, headerBytes, sizeBytes = 0 }: Placed): Promise<Buffer> {
  return file.read(at + headerBytes, sizeBytes);
}

function scaleOf(info: Buffer): number {
  for (const { id, data } of elementsOf(info))
    if (id === ids.timecodeScale) return numberOf(data) / 1_000_000;
  return 1;
}

function trackOf(tracks: Buffer): Found | undefined {
  for (const entry of elementsOf(tracks)) {
    if (entry.id !== ids.trackEntry) continue;
    const fields = new Map([...elementsOf(entry.data)].map(({ id, data }) => [id, data]));
    const codecPrivate = fields.get(ids.codecPrivate);
    if (fields.get(ids.codecId)?.toString('latin1') !== h264CodecId || codecPrivate === undefined) continue;
    if (fields.has(ids.contentEncodings))
      throw new VideoFault('unsupported', 'the Matroska track is compressed or encrypted once more');
    const picture = new Map(
      [...elementsOf(fields.get(ids.video) ?? Buffer.alloc(0))].map(({ id, data }) => [id, data]),
    );
    return {
      number: numberOf(fields.get(ids.trackNumber) ?? Buffer.alloc(0)),
      codecPrivate,
      width: numberOf(picture.get(ids.pixelWidth) ?? Buffer.alloc(0)),
      height: numberOf(picture.get(ids.pixelHeight) ?? Buffer.alloc(0)),
    };
  }
  return undefined;
}

function blockOf(id: number, data: Buffer, number: number) {
  if (id === ids.simpleBlock) {
    const block = contentOfBlock(data, number);
    return block && { ...block, isKeyframe: (block.flags & 0x80) !== 0 };
  }
  const children = new Map([...elementsOf(data)].map((child) => [child.id, child.data]));
  const block = contentOfBlock(children.get(ids.block) ?? Buffer.alloc(0), number);
  return block && { ...block, isKeyframe: !children.has(ids.referenceBlock) };
}

function contentOfBlock(data: Buffer, number: number) {
  const track = variable(data, 0);
  const from = track.bytes + 3;
  if (data.length < from) throw new VideoFault('damaged', 'a Matroska block is too short');
  if (track.value !== number) return undefined;
  const flags = data[from - 1] ?? 0;
  if ((flags & lacingFlags) !== 0)
    throw new VideoFault('unsupported', 'several frames share one Matroska block');
  return { offset: data.readInt16BE(track.bytes), flags, data: data.subarray(from) };
}
