import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import type { PlateReader, Sighting } from '../../core/reads/reader';
import { decodeImage, type Pixels } from '../image/decode';
import { type FindPlates, type FoundPlate, loadDetector } from './detector';
import { acceptFrom } from './judge';
import { installedModelFolder, modelFiles } from './model-files';
import {
  firstCrop,
  furtherCrops,
  loadRecogniser,
  type Recognised,
  type RecognisePlate,
  together,
} from './recogniser';
import { sightingOf } from './sighting';

export interface OnnxReaderOptions {
  /** Where the files of `modelFiles` lie; by default where the sources keep them. */
  readonly modelFolder?: string;
  /** Confidence, 0 to 1, from which a sighting is `accepted`. */
  readonly acceptAt?: number;
  /** Threads of the networks, 1 or 2. */
  readonly threads?: number;
}

const threadsMax = 2;
/** Less sure plates are not read: most are signs, lamps and grilles. */
const plateMin = 0.4;
/** What no text on it explains is no plate. */
const noiseBelow = 0.02;
/** A reading this sure from its first crop needs no other. */
const certainFrom = 0.95;

/**
 * A plate reader on our own two networks, which find the plates and read them, on the processor alone. Reads run one
 * after another, so that memory is bounded by one frame.
 */
export async function createOnnxReader(options: OnnxReaderOptions = {}): Promise<PlateReader> {
  const folder = options.modelFolder ?? installedModelFolder();
  const session = sessionOptions(options.threads ?? 1);
  const [find, recognise] = await Promise.all([
    loadDetector(join(folder, modelFiles.detector), session),
    loadRecogniser(join(folder, modelFiles.recogniser), session),
  ]);
  const acceptAt = options.acceptAt ?? acceptFrom;
  let last: Promise<unknown> = Promise.resolve();
  return {
    read(image) {
      const sightings = last.then(async () =>
        sightingsIn(await decodeImage(image), { find, recognise, acceptAt }),
      );
      last = sightings.catch(() => undefined);
      return sightings;
    },
  };
}

const sessionOptions = (threads: number): InferenceSession.SessionOptions => ({
  intraOpNumThreads: Math.min(threadsMax, Math.max(1, Math.floor(threads))),
  interOpNumThreads: 1,
  executionMode: 'sequential',
});

interface Networks {
  readonly find: FindPlates;
  readonly recognise: RecognisePlate;
  readonly acceptAt: number;
}

async function sightingsIn(pixels: Pixels, networks: Networks): Promise<Sighting[]> {
  const read: { sighting: Sighting; rank: number }[] = [];
  for (const plate of await networks.find(pixels)) {
    const sighting = plate.score < plateMin ? undefined : await readPlate(pixels, plate, networks);
    if (sighting !== undefined) read.push({ sighting, rank: Math.sqrt(plate.score) * sighting.confidence });
  }
  return read.sort((a, b) => b.rank - a.rank).map(({ sighting }) => sighting);
}

async function readPlate(
  pixels: Pixels,
  plate: FoundPlate,
  { recognise, acceptAt }: Networks,
): Promise<Sighting | undefined> {
  const say = (recognised: Recognised) => sightingOf(plate, recognised, { frame: pixels, acceptAt });
  const first = await recognise(pixels, plate.quad, firstCrop);
  const sighting = say(first);
  if (sighting === undefined || sighting.confidence < noiseBelow) return undefined;
  if (sighting.confidence >= certainFrom) return sighting;
  return say(together(first, await recognise(pixels, plate.quad, furtherCrops)));
}
