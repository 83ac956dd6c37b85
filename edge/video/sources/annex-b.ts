import type { FileBytes } from '../file-bytes';
import {
  beginsPicture,
  decoderConfiguration,
  isSlice,
  lengthPrefixed,
  nalType,
  StartCodes,
  typeOf,
} from '../nal';
import { parseSequenceParameters } from '../parameter-set';
import { type Video, VideoFault, type VideoFrame } from '../video';

const chunkBytes = 256 * 1024;
const unitBytesMax = 16 * 1024 * 1024;
/** Parameter sets stand at the start; a file without them there is no video. */
const parametersWithinUnits = 200;
const framesPerSecondDefault = 25;

/**
 * Raw H.264. It holds no times: frames follow each other at the given rate, at the stream's own, or at 25 a second.
 * Pictures that are shown in another order than coded get the times of their coding.
 */
export async function openAnnexB(
  file: FileBytes,
  options: { readonly framesPerSecond?: number } = {},
): Promise<Video> {
  const { sps, pps } = await findParameters(file);
  const parameters = parseSequenceParameters(sps);
  const rate = options.framesPerSecond ?? parameters.framesPerSecond ?? framesPerSecondDefault;
  const isKnown = (unit: Buffer) => unit.equals(sps) || unit.equals(pps);
  return {
    track: {
      codecPrivate: decoderConfiguration(sps, pps),
      width: parameters.width,
      height: parameters.height,
    },
    frames: () => framesOf(file, { rate, isKnown }),
    close: () => file.close(),
  };
}

async function* framesOf(
  file: FileBytes,
  { rate, isKnown }: { readonly rate: number; readonly isKnown: (unit: Buffer) => boolean },
): AsyncGenerator<VideoFrame> {
  let count = 0;
  for await (const units of picturesOf(file)) {
    const isKeyframe = units.some((unit) => typeOf(unit) === nalType.idr);
    if (count === 0 && !isKeyframe) continue;
    const data = Buffer.concat(units.filter((unit) => !isKnown(unit)).map((unit) => lengthPrefixed(unit, 4)));
    yield { data, atMs: (count * 1000) / rate, isKeyframe };
    count++;
  }
}

/** The units of one picture after the other; delimiters and filling are left out. */
async function* picturesOf(file: FileBytes): AsyncGenerator<readonly Buffer[]> {
  let picture: Buffer[] = [];
  let hasSlice = false;
  for await (const unit of unitsOf(file)) {
    if (hasSlice && beginsPicture(unit)) {
      yield picture;
      picture = [];
      hasSlice = false;
    }
    if (typeOf(unit) === nalType.delimiter || typeOf(unit) === nalType.filler) continue;
    picture.push(unit);
    hasSlice ||= isSlice(unit);
  }
  if (hasSlice) yield picture;
}

async function* unitsOf(file: FileBytes): AsyncGenerator<Buffer> {
  const startCodes = new StartCodes();
  for (let at = 0; at < file.size; at += chunkBytes) {
    yield* startCodes.push(await file.upTo(at, chunkBytes));
    if (startCodes.waitingBytes > unitBytesMax) throw new VideoFault('damaged', 'a NAL unit is too large');
  }
  yield* startCodes.end();
}

async function findParameters(file: FileBytes): Promise<{ sps: Buffer; pps: Buffer }> {
  let sps: Buffer | undefined;
  let pps: Buffer | undefined;
  let seen = 0;
  for await (const unit of unitsOf(file)) {
    if (typeOf(unit) === nalType.sps) sps ??= unit;
    if (typeOf(unit) === nalType.pps) pps ??= unit;
    if (sps !== undefined && pps !== undefined) return { sps, pps };
    if (++seen > parametersWithinUnits) break;
  }
  throw new VideoFault('not-h264', 'no H.264 parameter sets at the start of the file');
}
