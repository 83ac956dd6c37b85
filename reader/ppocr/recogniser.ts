import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Pixels } from '../image/decode';
import type { Rectangle } from '../image/rectangle';
import { cutStrip } from '../image/strip';
import { classCount, foldClasses } from './alphabet';
import { planes } from './tensor';

/** What the network read along a strip: for each step from left to right, a probability for each folded class. */
export interface Reading {
  readonly steps: number;
  /** `steps` rows of `classCount`. A row's sum falls short of 1 by what went to other scripts. */
  readonly probability: Float32Array;
}

/** Which part of a line the network is shown, in shares of the line's height, and how far it is stretched across. */
export interface Cut {
  readonly height: number;
  readonly widen: number;
  readonly stretch: number;
}

export type RecogniseLine = (pixels: Pixels, line: Rectangle, cut: Cut) => Promise<Reading>;

/** The network's height, and the widths it is given: eight pixels make a step. */
const strip = { heightPx: 48, widthMinPx: 64, widthMaxPx: 400, stepPx: 8 } as const;

/** Reads one line of text (PP-OCRv4 recognition; its classes are folded to those of `alphabet.ts`). */
export async function loadRecogniser(
  path: string,
  characterFile: string,
  options: InferenceSession.SessionOptions,
): Promise<RecogniseLine> {
  const session = await InferenceSession.create(path, options);
  const classes = foldClasses(characterFile);
  return async (pixels, line, cut) => {
    const part = { ...line, height: line.height * cut.height, width: line.width + line.height * cut.widen };
    const width = stripWidth(part, cut.stretch);
    const image = cutStrip(pixels, part, { width, height: strip.heightPx });
    const data = planes(image, { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] });
    const tensor = new Tensor('float32', data, [1, 3, strip.heightPx, width]);
    const output = Object.values(await session.run({ x: tensor }))[0];
    if (!(output?.data instanceof Float32Array)) throw new Error('the text recogniser gave no classes');
    return folded(output.data, classes);
  };
}

function stripWidth({ width, height }: Rectangle, stretch: number): number {
  const steps = Math.round((strip.heightPx * stretch * width) / height / strip.stepPx);
  return Math.min(strip.widthMaxPx, Math.max(strip.widthMinPx, steps * strip.stepPx));
}

function folded(raw: Float32Array, classes: Int16Array): Reading {
  const steps = raw.length / classes.length;
  const probability = new Float32Array(steps * classCount);
  for (let step = 0; step < steps; step++) {
    for (let from = 0; from < classes.length; from++) {
      const to = classes[from] ?? -1;
      if (to >= 0)
        probability[step * classCount + to] =
          (probability[step * classCount + to] ?? 0) + (raw[step * classes.length + from] ?? 0);
    }
  }
  return { steps, probability };
}
