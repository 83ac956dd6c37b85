import type { Brand } from '../brand';
import type { Plate } from './plate';

/** What a search asks for: known characters, `?` for one unknown character, `*` for any run of them. */
export type PlatePattern = Brand<string, 'PlatePattern'>;

const knownMin = 3;
const platesCharactersMax = 10;

/**
 * Normalises a pattern like a plate; runs of `*` become one. A pattern with wildcards needs at least three known
 * characters, because one with fewer would list traffic instead of looking for a vehicle. Without wildcards it is a
 * whole plate, for which two characters are enough. `undefined` for what no plate could match.
 */
export function parsePattern(text: string): PlatePattern | undefined {
  const pattern = text.replace(/[ .-]/g, '').replace(/\*+/g, '*');
  if (!/^[A-Za-z0-9?*]{2,21}$/.test(pattern)) return undefined;

  const single = pattern.replaceAll('*', '').length;
  const known = pattern.replace(/[?*]/g, '').length;
  if (single > platesCharactersMax) return undefined;
  if (known < knownMin && known < pattern.length) return undefined;
  return pattern.toUpperCase() as PlatePattern;
}

/** The pattern has no wildcard, so it is a complete plate. */
export function isExact(pattern: PlatePattern): pattern is PlatePattern & Plate {
  return !/[?*]/.test(pattern);
}

/** Whether the plate may be what the pattern asks for. A stored `?` may have been any character. */
export function matchesPattern(pattern: PlatePattern, plate: Plate): boolean {
  let p = 0;
  let c = 0;
  let star = -1;
  let resume = 0;
  while (c < plate.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = c;
    } else if (matchesCharacter(pattern[p], plate[c])) {
      p++;
      c++;
    } else if (star >= 0) {
      p = star + 1;
      c = ++resume;
    } else {
      return false;
    }
  }
  return p === pattern.length || (p === pattern.length - 1 && pattern[p] === '*');
}

function matchesCharacter(wanted: string | undefined, stored: string | undefined): boolean {
  return wanted !== undefined && (wanted === stored || wanted === '?' || stored === '?');
}
