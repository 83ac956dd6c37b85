import { InferenceSession } from 'onnxruntime-node';
import type { Pixels } from '../image/decode';
import { grown, type Margins, type Quadrilateral, widthOf } from '../image/quadrilateral';
import { straightened } from '../image/straighten';
import { classCount } from './alphabet';
import { imageTensor, numbersOf } from './tensor';

/** What the network read along a plate: for each column from left to right, a log probability for each class. */
export interface Reading {
  readonly columns: number;
  /** `columns` rows of `classCount`, natural logarithms. */
  readonly logProbability: Float32Array;
}

export interface Recognised {
  /** One for each crop of the plate. */
  readonly readings: readonly Reading[];
  /** Probability of each issuing state, in alphabetical order of the codes, then unknown; mean over the crops. */
  readonly states: readonly number[];
}

export type RecognisePlate = (
  pixels: Pixels,
  plate: Quadrilateral,
  crops: readonly Margins[],
) => Promise<Recognised>;

/** The crop that the network was trained for. */
export const firstCrop: readonly Margins[] = [{ left: 0.04, right: 0.04, above: 0.08, below: 0.08 }];
/** Where the first is in doubt, a narrower, a wider and two that lie aside settle more than they cost. */
export const furtherCrops: readonly Margins[] = [
  { left: 0.015, right: 0.015, above: 0.02, below: 0.02 },
  { left: 0.07, right: 0.07, above: 0.14, below: 0.14 },
  { left: 0.06, right: 0.02, above: 0.16, below: 0 },
  { left: 0.02, right: 0.06, above: 0, below: 0.16 },
];

const crop = { width: 160, height: 64 } as const;
/** A crop that shrinks more than this first loses its size by area averaging, down to a little above the crop's. */
const shrinkAbove = 1.5;
const shrunkTo = 1.3;
const stateCount = 52;

/** Reads a plate from straightened crops of it, in one batch. */
export async function loadRecogniser(
  path: string,
  options: InferenceSession.SessionOptions,
): Promise<RecognisePlate> {
  const session = await InferenceSession.create(path, options);
  return async (pixels, plate, crops) => {
    const images: Pixels[] = [];
    for (const margin of crops) images.push(await cropOf(pixels, grown(plate, margin)));
    const outputs = await session.run({ image: imageTensor(images) });
    const characters = numbersOf(outputs, 'characters');
    const states = numbersOf(outputs, 'state');
    const perImage = characters.length / images.length;
    return {
      readings: images.map((_, image) => ({
        columns: perImage / classCount,
        logProbability: characters.subarray(image * perImage, (image + 1) * perImage),
      })),
      states: Array.from({ length: stateCount }, (_, state) =>
        mean(images.map((_, image) => Math.exp(states[image * stateCount + state] ?? -Infinity))),
      ),
    };
  };
}

async function cropOf(pixels: Pixels, quad: Quadrilateral): Promise<Pixels> {
  const ratio = widthOf(quad) / crop.width;
  return straightened(pixels, quad, { ...crop, shrink: ratio > shrinkAbove ? shrunkTo / ratio : 1 });
}

/** Several looks at one plate as one. */
export function together(a: Recognised, b: Recognised): Recognised {
  const [ofA, ofB] = [a.readings.length, b.readings.length];
  return {
    readings: [...a.readings, ...b.readings],
    states: a.states.map((p, at) => (p * ofA + (b.states[at] ?? 0) * ofB) / (ofA + ofB)),
  };
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
