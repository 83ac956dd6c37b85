import { english } from './english';
import { spanish } from './spanish';
import type { Language, Words } from './words';

/** The words of each language that the public pages come in. */
export const wordsOf: Readonly<Record<Language, Words>> = { en: english, es: spanish };
