import { FileBytes } from '../file-bytes';
import { type Video, VideoFault, type VideoFrame } from '../video';
import { openAnnexB } from './annex-b';
import { openMatroska } from './matroska';
import { openMp4 } from './mp4';

const boxTypes = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'styp']);

/**
 * Opens a file with H.264 video: MP4 or QuickTime, Matroska, or the raw byte stream, told apart by its first bytes. A
 * rate can be given for the raw stream, which holds none. Throws `VideoFault`, also for what only seems to be a video.
 */
export async function openVideo(
  path: string,
  options: { readonly framesPerSecond?: number } = {},
): Promise<Video> {
  const file = await FileBytes.open(path);
  try {
    const video = await openFormat(file, options);
    return { ...video, frames: () => soundFrames(video) };
  } catch (error) {
    await file.close();
    throw faultOf(error);
  }
}

async function openFormat(file: FileBytes, options: { readonly framesPerSecond?: number }): Promise<Video> {
  const head = await file.upTo(0, 12);
  if (head.length === 12 && head.readUInt32BE(0) === 0x1a45dfa3) return openMatroska(file);
  if (boxTypes.has(head.toString('latin1', 4, 8))) return openMp4(file);
  if (/^(0{4}|0{6})01/.test(head.toString('hex'))) return openAnnexB(file, options);
  throw new VideoFault('not-video', 'the file is neither MP4 nor Matroska nor raw H.264');
}

async function* soundFrames(video: Video): AsyncGenerator<VideoFrame> {
  try {
    yield* video.frames();
  } catch (error) {
    throw faultOf(error);
  }
}

/** A number that a damaged file promised, and that is not there, is read beyond a buffer's end. */
function faultOf(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  return new VideoFault('damaged', 'the video is damaged', { cause: error });
}
