import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import type { PlateReader, Sighting } from '../../core/reads/reader';
import { decodeImage, type Pixels } from '../image/decode';
import { couldBePlate } from '../text/plate-geometry';
import { stateNamed } from '../text/plate-words';
import { chooseSightings, looksLikeSerial, type ReadLine } from './choose';
import { hypotheses } from './ctc';
import { type FindTextLines, loadDetector } from './detector';
import { installedModelFolder, modelFiles } from './model-files';
import { platePosterior } from './posterior';
import { loadRecogniser, type RecogniseLine } from './recogniser';

export interface PpOcrReaderOptions {
  /** Where the files of `modelFiles` lie; by default where they are installed. */
  readonly modelFolder?: string;
  /** Confidence, 0 to 1, from which a sighting is `accepted`. */
  readonly acceptAt?: number;
  /** Threads of the networks, 1 or 2. */
  readonly threads?: number;
}

/** At 0.7 one of 72 accepted reads of the labelled plates of 125 real photos was wrong. */
const acceptAtDefault = 0.7;
const threadsMax = 2;
/** A street full of signs costs no more than this many recognitions. */
const linesMax = 6;
/** Lines that look like a serial are recognised in three cuts; beyond so many, in one. */
const serialsMax = 3;

/**
 * A plate reader on PP-OCRv4 (text detection, then recognition), on the processor alone, about 250 ms for a frame on
 * one core. Reads run one after another, so that memory is bounded by one frame.
 */
export async function createPpOcrReader(options: PpOcrReaderOptions = {}): Promise<PlateReader> {
  const folder = options.modelFolder ?? installedModelFolder();
  const session = sessionOptions(options.threads ?? 1);
  const characters = await readFile(join(folder, modelFiles.characters), 'utf8');
  const [find, recognise] = await Promise.all([
    loadDetector(join(folder, modelFiles.detector), session),
    loadRecogniser(join(folder, modelFiles.recogniser), characters, session),
  ]);
  const acceptAt = options.acceptAt ?? acceptAtDefault;
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

/**
 * Detected lines often take in the plate's edge, a slogan or a bolt, so each serial is read in three cuts. Stretching
 * the condensed letters of plates gives the network more steps for each: it alone raised the share of exact reads.
 */
const cuts = {
  middle: { height: 0.85, widen: 0.1, stretch: 1.25 },
  whole: { height: 1, widen: 0, stretch: 1 },
  core: { height: 0.7, widen: -0.07, stretch: 1 },
} as const;

interface Networks {
  readonly find: FindTextLines;
  readonly recognise: RecogniseLine;
  readonly acceptAt: number;
}

async function sightingsIn(pixels: Pixels, { find, recognise, acceptAt }: Networks): Promise<Sighting[]> {
  const lines = (await find(pixels)).filter(couldBePlate).slice(0, linesMax);
  const read: ReadLine[] = [];
  let serials = 0;
  for (const line of lines) {
    const first = await recognise(pixels, line, cuts.middle);
    const alone = platePosterior([first]);
    const state = stateNamed(hypotheses(first, 4)[0]?.text ?? '');
    if (state !== undefined || !looksLikeSerial(alone) || ++serials > serialsMax) {
      read.push({ line, posterior: alone, ...(state !== undefined && { state }) });
      continue;
    }
    const whole = await recognise(pixels, line, cuts.whole);
    const core = await recognise(pixels, line, cuts.core);
    read.push({ line, posterior: platePosterior([first, whole, core]) });
  }
  return chooseSightings(read, { frame: pixels, acceptAt });
}
