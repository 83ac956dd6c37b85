import type { FileBytes } from '../file-bytes';
import { type Video, VideoFault, type VideoFrame, type VideoTrack } from '../video';
import { boxAt, boxesOf, boxStart, boxStartBytesMax, requiredBox } from './boxes';
import { type FragmentDefaults, fragmentDefaults, fragmentSamples } from './movie-fragments';
import { type Sample, samplesOf } from './sample-table';

interface FoundTrack extends VideoTrack {
  readonly table: Buffer;
  readonly unitsPerSecond: number;
  readonly defaults: FragmentDefaults;
}

/** What comes before the boxes inside an `avc1` sample entry. */
const sampleEntryBytes = 78;

/** The first H.264 track of an MP4 or QuickTime file, whole or in movie fragments. Throws `VideoFault`. */
export async function openMp4(file: FileBytes): Promise<Video> {
  const movie = await findMovie(file);
  const { table, unitsPerSecond, defaults, ...track } = h264Track(movie);
  return {
    track,
    frames: () => framesOf(file, { table, unitsPerSecond, defaults }),
    close: () => file.close(),
  };
}

async function* framesOf(
  file: FileBytes,
  { table, unitsPerSecond, defaults }: Pick<FoundTrack, 'table' | 'unitsPerSecond' | 'defaults'>,
): AsyncGenerator<VideoFrame> {
  let first: number | undefined;
  for await (const sample of allSamples(file, table, defaults)) {
    if (first === undefined && !sample.isKeyframe) continue;
    first ??= sample.at;
    yield {
      data: await file.read(sample.offset, sample.sizeBytes),
      atMs: ((sample.at - first) * 1000) / unitsPerSecond,
      isKeyframe: sample.isKeyframe,
    };
  }
}

async function* allSamples(
  file: FileBytes,
  table: Buffer,
  defaults: FragmentDefaults,
): AsyncGenerator<Sample> {
  yield* samplesOf(table);
  let nextAt = 0;
  for await (const { type, at, headerBytes, boxBytes } of topBoxes(file)) {
    if (type !== 'moof') continue;
    const fragment = await file.read(at + headerBytes, boxBytes - headerBytes);
    nextAt = yield* fragmentSamples(fragment, { fragmentOffset: at, defaults, nextAt });
  }
}

async function findMovie(file: FileBytes): Promise<Buffer> {
  for await (const { type, at, headerBytes, boxBytes } of topBoxes(file))
    if (type === 'moov') return file.read(at + headerBytes, boxBytes - headerBytes);
  throw new VideoFault('damaged', 'the MP4 file has no movie box: it was cut off or is still being written');
}

async function* topBoxes(file: FileBytes) {
  for (let at = 0; at < file.size; ) {
    const start = boxStart(await file.upTo(at, boxStartBytesMax), file.size - at);
    yield { ...start, at };
    at += start.boxBytes;
  }
}

function h264Track(movie: Buffer): FoundTrack {
  for (const { type, data: trak } of boxesOf(movie)) {
    if (type !== 'trak') continue;
    if (requiredBox(trak, 'mdia/hdlr').toString('latin1', 8, 12) !== 'vide') continue;
    const table = requiredBox(trak, 'mdia/minf/stbl');
    const entry = [...boxesOf(requiredBox(table, 'stsd').subarray(8))][0];
    if (entry === undefined || !/^avc[13]$/.test(entry.type)) continue;
    return {
      codecPrivate: requiredBox(entry.data.subarray(sampleEntryBytes), 'avcC'),
      width: entry.data.readUInt16BE(24),
      height: entry.data.readUInt16BE(26),
      table,
      unitsPerSecond: timeScale(requiredBox(trak, 'mdia/mdhd')),
      defaults: fragmentDefaults(boxAt(movie, 'mvex'), trackId(requiredBox(trak, 'tkhd'))),
    };
  }
  throw new VideoFault('not-h264', 'no H.264 track in the MP4 file');
}

/** Both boxes begin with two times, whose width their version tells. */
const timeScale = (mdhd: Buffer) => mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12);
const trackId = (tkhd: Buffer) => tkhd.readUInt32BE(tkhd[0] === 1 ? 20 : 12);
