import type { Box } from '../../core/reads/read';
import type { Sighting } from '../../core/reads/reader';
import type { Rectangle } from '../image/rectangle';
import { contains, plateBox } from '../text/plate-geometry';
import { vehicleBox } from '../vehicle-box';
import { judge } from './judge';
import type { Posterior } from './posterior';

/** A line of text of the frame and what it says. */
export interface ReadLine {
  readonly line: Rectangle;
  readonly posterior: Posterior;
  /** Two-letter code, if the line is a state's name. */
  readonly state?: string;
}

/** A guess below this is noise: leaves, grilles, brickwork. */
const guessMin = 0.05;
const guessesLookedAt = 5;

/** Whether any likely guess could be a serial: at least four characters, one of them a digit. */
export const looksLikeSerial = ({ guesses }: Posterior): boolean =>
  guesses
    .slice(0, guessesLookedAt)
    .some(({ text, probability }) => probability >= guessMin && text.length >= 4 && /\d/.test(text));

/**
 * The sightings of a frame, the strongest first: of several lines on one plate the one that is most plausibly the
 * serial; state names give the state of the plate that they stand on.
 */
export function chooseSightings(
  lines: readonly ReadLine[],
  { frame, acceptAt }: { frame: { width: number; height: number }; acceptAt: number },
): Sighting[] {
  const names = lines.filter(({ state }) => state !== undefined);
  const serials = lines
    .filter(
      ({ state, posterior }) => state === undefined && (posterior.guesses[0]?.probability ?? 0) >= guessMin,
    )
    .sort((a, b) => b.posterior.evidence - a.posterior.evidence);
  const sightings: Sighting[] = [];
  for (const { line, posterior } of serials) {
    const judgement = judge(posterior.guesses, acceptAt);
    if (judgement === undefined || sightings.some(({ box }) => contains(box, line.centre))) continue;
    const box = plateBox(line, frame);
    const state = names.find((name) => contains(surroundings(box), name.line.centre))?.state;
    sightings.push({
      ...judgement,
      ...(state !== undefined && { state }),
      box,
      vehicleBox: vehicleBox(box, frame),
    });
  }
  return sightings;
}

/** The plate with the margin in which a state's name may lie when the plate is seen at an angle. */
const surroundings = ({ x, y, width, height }: Box): Box => ({
  x: x - width * 0.1,
  y: y - height * 0.4,
  width: width * 1.2,
  height: height * 1.8,
});
