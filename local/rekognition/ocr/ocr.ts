import { loadFinder } from './find-lines';
import type { Line, Pixels } from './pixels';
import { loadLineReader } from './read-line';
import { type Word, wordsOf } from './words';

export interface ReadTextLine {
  readonly line: Line;
  readonly words: readonly Word[];
}

/** Reads all text of a picture. */
export type ReadText = (pixels: Pixels) => Promise<ReadTextLine[]>;

/** A line less sure than this is leaves, grilles or brickwork; the service shows none of that either. */
const confidenceMin = 0.5;

/** Text detection and recognition by PP-OCRv4 on the processor. Pictures are read one after another. */
export async function loadOcr(): Promise<ReadText> {
  const [find, read] = await Promise.all([loadFinder(), loadLineReader()]);
  const readAll = async (pixels: Pixels) => {
    const lines: ReadTextLine[] = [];
    for (const line of await find(pixels)) {
      const words = wordsOf(await read(pixels, line)).filter(({ confidence }) => confidence >= confidenceMin);
      if (words.length > 0) lines.push({ line, words });
    }
    return lines;
  };
  let last: Promise<unknown> = Promise.resolve();
  return (pixels) => {
    const text = last.then(() => readAll(pixels));
    last = text.catch(() => undefined);
    return text;
  };
}
