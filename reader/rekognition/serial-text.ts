import type { DetectedWord } from './detected-text';

/** What one look at a plate says: characters of `A-Z0-9`, `?` where a sign was seen that is none of them. */
export interface View {
  readonly text: string;
  /** 0 to 1, one for each character: its word's, since the service gives none for characters. */
  readonly confidences: readonly number[];
}

export const serialLength = { min: 4, max: 8 } as const;

/**
 * The words as one serial, without the spaces, hyphens, dots and emblems between its parts, and without bolts and plate
 * edges at its ends; `undefined` for anything that cannot be one: too short, too long, a date, a time, a telephone number.
 */
export function serialText(words: readonly DetectedWord[]): View | undefined {
  let text = '';
  const confidences: number[] = [];
  for (const word of words) {
    if (otherNumber.test(word.text)) return undefined;
    for (const character of word.text.toUpperCase()) {
      if (separators.includes(character)) continue;
      text += /[A-Z0-9]/.test(character) ? character : '?';
      confidences.push(word.confidence);
    }
  }
  const start = text.search(/[^?]/);
  const end = text.replace(/\?+$/, '').length;
  if (start < 0 || end - start < serialLength.min || end - start > serialLength.max) return undefined;
  return { text: text.slice(start, end), confidences: confidences.slice(start, end) };
}

export const hasDigit = (text: string): boolean => /[0-9]/.test(text);

/** How sure the least sure character that was read is; 0 where none was. */
export function surenessOf({ text, confidences }: View): number {
  const known = confidences.filter((_, at) => text[at] !== '?');
  return known.length === 0 ? 0 : Math.min(...known);
}

/** Times and fractions, dates that cameras burn into their frames, telephone numbers as written in the United States. */
const otherNumber = /[/:]|^\d{4}-\d|^\d{3}-\d{4}$/;
const separators = ' .+·•-–—*\'"`,_~';
