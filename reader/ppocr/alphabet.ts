/** What a plate is written in. A glyph's index here is its class after folding. */
export const glyphs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Classes after folding: the glyphs, then "no character here". */
export const blankClass = glyphs.length;
export const classCount = glyphs.length + 1;

/**
 * For each of the recogniser's own classes (its blank, then the lines of the file, then a space) the class it counts
 * for: a small letter as its capital, separators as blank, any other script as -1.
 */
export function foldClasses(characterFile: string): Int16Array {
  const characters = ['', ...characterFile.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
  return Int16Array.from(characters, foldedClass);
}

function foldedClass(character: string): number {
  if (character === '') return blankClass;
  const glyph = glyphs.indexOf(lookalikes[character] ?? character.toUpperCase());
  if (glyph >= 0) return glyph;
  return separators.includes(character) ? blankClass : -1;
}

/** Slashes and colons are not among them: they are the marks of dates and times burnt into the frame. */
const separators = ' .·-–—\'"•*,，。、_~|';

/** Signs of other scripts and symbols that the recogniser, trained on Chinese, gives for a plate's glyph. */
const lookalikes: Readonly<Record<string, string>> = { 〇: '0', '○': '0', Ø: '0', Φ: '0', β: 'B', '£': 'E' };
