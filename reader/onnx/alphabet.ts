/**
 * What the recogniser tells apart; a glyph's index, plus one, is its class. There is no letter O: it looks like 0 on
 * most plates, and the serial formats tell which of the two a plate carries.
 */
export const glyphs = '0123456789ABCDEFGHIJKLMNPQRSTUVWXYZ';

/** Class 0 is "no character here". */
export const blankClass = 0;
export const classCount = glyphs.length + 1;

export const glyphOf = (characterClass: number): string => glyphs[characterClass - 1] ?? '';
