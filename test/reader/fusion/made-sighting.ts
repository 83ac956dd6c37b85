import type { Sighting } from '../../../core/reads/reader';
import { madePlate } from '../../core/plate/made-plate';

/** A made-up sighting: texts with their probabilities, the first is what is read. */
export function madeSighting(
  texts: Readonly<Record<string, number>>,
  { x = 100, width = 60, accepted = false }: { x?: number; width?: number; accepted?: boolean } = {},
): Sighting {
  const [first, ...others] = Object.entries(texts);
  if (first === undefined) throw new Error('a sighting says something');
  const [plate, confidence] = first;
  return {
    plate: madePlate(plate),
    confidence,
    candidates: others.map(([text, probability]) => ({ plate: madePlate(text), probability })),
    characterConfidences: [...plate].map(() => confidence),
    outcome: accepted ? 'accepted' : 'abstained',
    box: { x, y: 100, width, height: width / 2 },
    vehicleBox: { x: x - 50, y: 50, width: width * 4, height: width * 3 },
  };
}
