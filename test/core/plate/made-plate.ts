import { type Plate, parsePlate } from '../../../core/plate/plate';

/** A plate for a test; throws for what is none. */
export function madePlate(text: string): Plate {
  const plate = parsePlate(text);
  if (plate === undefined) throw new Error(`${text} is no plate`);
  return plate;
}
