import type { DetectedLine } from '../../../reader/rekognition/detected-text';

export interface MadeText {
  /** Words apart by spaces. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Of the letters, pixels; they are 0.6 as wide. */
  readonly height: number;
  readonly confidence?: number;
}

/** A level line of text whose middle is at (x, y), as the service would name it. */
export function madeLine({ text, x, y, height, confidence = 0.99 }: MadeText): DetectedLine {
  const letter = height * 0.6;
  const left = x - (text.length * letter) / 2;
  const at = (from: number, length: number) => ({
    centre: { x: left + (from + length / 2) * letter, y },
    width: length * letter,
    height,
    angle: 0,
  });
  const words = [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    confidence,
    place: at(match.index, match[0].length),
  }));
  return { place: at(0, text.length), words };
}
