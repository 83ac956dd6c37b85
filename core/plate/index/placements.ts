import type { PlatePattern } from '../pattern';

/** Of each position of a plate: the character that must stand there, or `?` for any. */
export type Placement = string;

/**
 * Every way of laying a pattern on plates of one length, each once; a plate matches the pattern exactly if it fits one
 * of them. At most 252, for five separate characters in ten places.
 */
export function placementsOf(pattern: PlatePattern, length: number): readonly Placement[] {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  if (parts.length === 1) return first.length === length ? [first] : [];
  const last = parts.at(-1) ?? '';
  const between = length - first.length - last.length;
  if (between < 0) return [];
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  return [...new Set(layAll(middle, between).map((laid) => first + laid + last))];
}

/** The parts one behind the other, in every way, in so many places. */
function layAll(parts: readonly string[], places: number): string[] {
  const [part, ...others] = parts;
  if (part === undefined) return ['?'.repeat(places)];
  const laid: string[] = [];
  for (let before = 0; before + part.length <= places; before++)
    for (const rest of layAll(others, places - before - part.length))
      laid.push('?'.repeat(before) + part + rest);
  return laid;
}
