import type { Sighting } from '../../core/reads/reader';
import { boxAround } from '../image/quadrilateral';
import { clipped, vehicleBox } from '../vehicle-box';
import type { FoundPlate } from './detector';
import { judge } from './judge';
import { platePosterior } from './posterior';
import type { Recognised } from './recogniser';
import { stateCodes } from './serial-formats';

/** A state is told only when it is this sure. */
const stateMin = 0.7;

/** What is said of one plate: `undefined` where nothing on it could be a serial. */
export function sightingOf(
  { quad }: FoundPlate,
  recognised: Recognised,
  { frame, acceptAt }: { frame: { width: number; height: number }; acceptAt: number },
): Sighting | undefined {
  const judgement = judge(platePosterior(recognised), acceptAt);
  if (judgement === undefined) return undefined;
  const box = clipped(boxAround(quad), frame);
  const state = stateCodes.find((_, at) => (recognised.states[at] ?? 0) >= stateMin);
  return {
    ...judgement,
    ...(state !== undefined && { state }),
    box,
    vehicleBox: vehicleBox(box, frame),
  };
}
