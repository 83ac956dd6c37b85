import type { Rectangle } from '../image/rectangle';
import { contains, couldBePlate, plateBox } from '../text/plate-geometry';
import { formatWeight } from '../text/us-formats';
import type { DetectedLine, DetectedWord } from './detected-text';
import { hasDigit, serialText, surenessOf, type View } from './serial-text';

/** Text that is most plausibly the serial of a plate, and where it stands. */
export interface Serial extends View {
  readonly place: Rectangle;
}

/** Letters this much taller than others on the same plate are the serial; slogans, stickers and frames are smaller. */
const tallerBy = 1.4;
/** Taller still, and they stand on the vehicle or a wall behind, not on the plate. */
const tallerAtMost = 4;
/** A serial broken by an emblem: the gap in heights of its letters. */
const gapMaxHeights = 1.6;
const usualFormat = 0.3;

/**
 * The serials of a frame, one for each plate, the strongest first. The service tells text from text by nothing but
 * place and content: a serial is a line, a run of words in one, or two lines side by side, with the shape of a plate's
 * serial; of several on one plate, the tallest, then the one in the more usual format.
 */
export function serialsIn(
  lines: readonly DetectedLine[],
  frame: { width: number; height: number },
): Serial[] {
  const all = [...lines.flatMap(serialOfLine), ...pairs(lines)]
    .filter(({ place }) => couldBePlate(place))
    .sort((a, b) => strength(b) - strength(a));
  const withDigits = all.filter(({ text }) => hasDigit(text));
  const numbered = onePerPlate(withDigits, frame);
  const lettered = onePerPlate(
    all.filter(({ text }) => !hasDigit(text)),
    frame,
  );
  return [
    ...numbered,
    ...lettered.filter((word) => !numbered.some((other) => isOnPlate(word, other, frame))),
  ];
}

/** How usual a text is as a serial, and how sure it was read. */
export const strength = (view: View): number => Math.max(0.1, formatWeight(view.text)) * surenessOf(view);

/**
 * The best run of words of a line. A part of one must have a usual format, and what it leaves out no digit: parts of
 * addresses and telephone numbers are no serials.
 */
function serialOfLine({ words, place }: DetectedLine): Serial[] {
  const runs: Serial[] = [];
  for (let from = 0; from < words.length; from++) {
    for (let to = words.length; to > from; to--) {
      const rest = [...words.slice(0, from), ...words.slice(to)];
      const run = words.slice(from, to);
      const view = rest.some(({ text }) => hasDigit(text)) ? undefined : serialText(run);
      if (view === undefined || (rest.length > 0 && formatWeight(view.text) < usualFormat)) continue;
      runs.push({ ...view, place: rest.length === 0 ? place : around(run, place.angle) });
    }
  }
  const best = runs.sort((a, b) => strength(b) - strength(a) || b.text.length - a.text.length)[0];
  return best === undefined ? [] : [best];
}

/** The service ends a line at a wide gap, so a serial with an emblem in its middle comes as two. */
function pairs(lines: readonly DetectedLine[]): Serial[] {
  return lines.flatMap((left) =>
    lines.flatMap((right) => {
      if (!isBeside(left.place, right.place)) return [];
      const words = [...left.words, ...right.words];
      const view = serialText(words);
      if (view === undefined || formatWeight(view.text) < usualFormat) return [];
      return [{ ...view, place: around(words, left.place.angle) }];
    }),
  );
}

function isBeside(left: Rectangle, right: Rectangle): boolean {
  const height = Math.max(left.height, right.height);
  const [cos, sin] = [Math.cos(left.angle), Math.sin(left.angle)];
  const [dx, dy] = [right.centre.x - left.centre.x, right.centre.y - left.centre.y];
  const gap = dx * cos + dy * sin - (left.width + right.width) / 2;
  const offset = Math.abs(dy * cos - dx * sin);
  const isSameHeight = Math.min(left.height, right.height) > 0.7 * height;
  return (
    isSameHeight && dx > 0 && gap > -0.3 * height && gap < gapMaxHeights * height && offset < 0.35 * height
  );
}

/** The rectangle along `angle` around words of one line. */
function around(words: readonly DetectedWord[], angle: number): Rectangle {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const spans = words.map(({ place: { centre, width, height } }) => ({
    along: centre.x * cos + centre.y * sin,
    across: centre.y * cos - centre.x * sin,
    width,
    height,
  }));
  const left = Math.min(...spans.map(({ along, width }) => along - width / 2));
  const right = Math.max(...spans.map(({ along, width }) => along + width / 2));
  const top = Math.min(...spans.map(({ across, height }) => across - height / 2));
  const bottom = Math.max(...spans.map(({ across, height }) => across + height / 2));
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  const centre = { x: u * cos - v * sin, y: u * sin + v * cos };
  return { centre, width: right - left, height: bottom - top, angle };
}

/** Keeps the order of what it keeps. */
function onePerPlate(serials: readonly Serial[], frame: { width: number; height: number }): Serial[] {
  return serials.filter(
    (serial, at) =>
      !serials.some((other, before) => {
        if (other === serial || !isOnPlate(serial, other, frame)) return false;
        const ratio = other.place.height / serial.place.height;
        if (ratio > tallerAtMost || ratio < 1 / tallerAtMost) return false;
        return ratio > tallerBy || (ratio >= 1 / tallerBy && before < at);
      }),
  );
}

const isOnPlate = (serial: Serial, other: Serial, frame: { width: number; height: number }): boolean =>
  contains(plateBox(other.place, frame), serial.place.centre) ||
  contains(plateBox(serial.place, frame), other.place.centre);
