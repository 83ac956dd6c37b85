import type { Brand } from '../brand';

/** A plate as it is compared everywhere: `A-Z0-9`, with `?` for each character that could not be read. */
export type Plate = Brand<string, 'Plate'>;

/**
 * Normalises a plate as typed or read: upper case, without spaces, hyphens and dots. `undefined` unless 2 to 10
 * characters of `A-Z0-9?` remain. Only ASCII letters count: upper-casing others (`ß`, `ı`) would invent characters.
 */
export function parsePlate(text: string): Plate | undefined {
  const characters = text.replace(/[ .-]/g, '');
  return /^[A-Za-z0-9?]{2,10}$/.test(characters) ? (characters.toUpperCase() as Plate) : undefined;
}

/** Every character was read. Only a complete plate may alert or enter a hot list (Policy-H.e). */
export function isComplete(plate: Plate): boolean {
  return !plate.includes('?');
}

/** How many characters were read. */
export function knownCharacters(plate: Plate): number {
  return plate.replaceAll('?', '').length;
}
