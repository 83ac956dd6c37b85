import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { modelFile, sessionOptions } from './model-files';
import { type Line, type Pixels, planes } from './pixels';
import { cutLevel } from './strip';
import type { Character } from './words';

export type ReadLine = (pixels: Pixels, line: Line) => Promise<Character[]>;

/** The network's height, and the widths it is given: eight pixels make a step. */
const strip = { heightPx: 48, widthMinPx: 64, widthMaxPx: 640, stepPx: 8 } as const;
/** Condensed letters, as on plates, get more steps each. */
const stretch = 1.2;
/** The finder's rectangles take in what is above and below the letters. */
const heightShare = 0.85;

/** Reads one line: the most probable class of each step, repeats and blanks taken out (greedy CTC). */
export async function loadLineReader(): Promise<ReadLine> {
  const session = await InferenceSession.create(modelFile('ch_PP-OCRv4_rec_infer.onnx'), sessionOptions);
  const listed = (await readFile(modelFile('ppocr_keys_v1.txt'), 'utf8'))
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  const classes = ['', ...listed, ' '];
  return async (pixels, line) => {
    const part = { ...line, height: line.height * heightShare };
    const steps = Math.round((strip.heightPx * stretch * part.width) / part.height / strip.stepPx);
    const width = Math.min(strip.widthMaxPx, Math.max(strip.widthMinPx, steps * strip.stepPx));
    const image = await cutLevel(pixels, part, { width, height: strip.heightPx });
    const data = planes(image, { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] });
    const result = await session.run({ x: new Tensor('float32', data, [1, 3, strip.heightPx, width]) });
    const output = Object.values(result)[0];
    if (!(output?.data instanceof Float32Array)) throw new Error('the text recogniser gave no classes');
    return characters(output.data, classes);
  };
}

function characters(probability: Float32Array, classes: readonly string[]): Character[] {
  const steps = probability.length / classes.length;
  const read: { text: string; confidence: number; at: number }[] = [];
  let before = 0;
  for (let step = 0; step < steps; step++) {
    const { index, value } = likeliest(
      probability.subarray(step * classes.length, (step + 1) * classes.length),
    );
    const last = read.at(-1);
    if (index !== 0 && index === before && last !== undefined) {
      last.confidence = Math.max(last.confidence, value);
    } else if (index !== 0) {
      read.push({ text: classes[index] ?? '', confidence: value, at: (step + 0.5) / steps });
    }
    before = index;
  }
  return read;
}

function likeliest(row: Float32Array): { index: number; value: number } {
  let index = 0;
  let value = -1;
  for (let at = 0; at < row.length; at++) {
    const p = row[at] ?? 0;
    if (p <= value) continue;
    value = p;
    index = at;
  }
  return { index, value };
}
