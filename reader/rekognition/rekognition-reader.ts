import type { Box } from '../../core/reads/read';
import type { PlateReader, Sighting } from '../../core/reads/reader';
import { decodeImage, type Pixels } from '../image/decode';
import { boundsOf, scaled } from '../image/rectangle';
import { contains, plateBox } from '../text/plate-geometry';
import { stateNamed } from '../text/plate-words';
import { formatWeight } from '../text/us-formats';
import { vehicleBox } from '../vehicle-box';
import type { DetectText } from './detect-text';
import type { DetectedLine } from './detected-text';
import { enlarged, wholeFrame } from './picture';
import { hasDigit, surenessOf, type View } from './serial-text';
import { type Serial, serialsIn } from './serials';
import { settle } from './settle';

export interface RekognitionReaderOptions {
  readonly detectText: DetectText;
  /** Confidence, 0 to 1, from which a sighting is `accepted`. */
  readonly acceptAt?: number;
}

const acceptAtDefault = 0.9;
/** Each look is a call that is paid for: a frame costs at most one and these. */
const secondLooksMax = 3;
/** A plate that the first look was as sure of, in a usual format, is not looked at again. */
const sureAt = 0.97;
const usualFormat = 0.3;
const secondLookWidthPx = 640;
const sightingsMax = 8;

/**
 * A plate reader on Rekognition's `DetectText`. It may be used only where the organisation's AI services opt-out is in
 * force, since the service may otherwise keep what it is sent; the configuration is refused without it. One call for a
 * frame; a plate that is not sure is looked at once more, enlarged: where the looks differ, the character is `?`.
 */
export function createRekognitionReader({
  detectText,
  acceptAt = acceptAtDefault,
}: RekognitionReaderOptions): PlateReader {
  return {
    async read(image) {
      const frame = await decodeImage(image);
      const lines = await detect(detectText, frame);
      const sightings: Sighting[] = [];
      let looksLeft = secondLooksMax;
      for (const serial of serialsIn(lines, frame).slice(0, sightingsMax)) {
        const isLookedAtAgain = looksLeft > 0 && isWorthALook(serial);
        if (isLookedAtAgain) looksLeft--;
        const again = isLookedAtAgain ? await lookAgain(detectText, frame, serial) : [];
        const settled = settle([serial, ...again], acceptAt);
        if (settled === undefined) continue;
        const box = plateBox(serial.place, frame);
        const state = stateOn(box, lines);
        sightings.push({
          ...settled,
          ...(state !== undefined && { state }),
          box,
          vehicleBox: vehicleBox(box, frame),
        });
      }
      return sightings;
    },
  };
}

/** Not what is sure already, nor words, which are never accepted. */
const isWorthALook = (view: View) =>
  hasDigit(view.text) && (surenessOf(view) < sureAt || formatWeight(view.text) < usualFormat);

/** The text of the frame in the frame's own pixels, whatever size was sent. */
async function detect(detectText: DetectText, frame: Pixels): Promise<DetectedLine[]> {
  const picture = await wholeFrame(frame);
  const scale = frame.width / picture.width;
  return (await detectText(picture)).map(({ place, words }) => ({
    place: scaled(place, scale),
    words: words.map((word) => ({ ...word, place: scaled(word.place, scale) })),
  }));
}

/** At most one view: the serial that lies over the middle of the enlarged plate. */
async function lookAgain(detectText: DetectText, frame: Pixels, { place }: Serial): Promise<View[]> {
  const picture = await enlarged(frame, grown(plateBox(place, frame), frame), secondLookWidthPx);
  const middle = { x: picture.width / 2, y: picture.height / 2 };
  return serialsIn(await detectText(picture), picture)
    .filter((serial) => contains(boundsOf(serial.place), middle))
    .slice(0, 1);
}

/** A margin of a tenth on each side, so that the detector sees the letters apart from the picture's edge. */
function grown({ x, y, width, height }: Box, frame: Pixels): Box {
  const margin = Math.ceil(width * 0.1);
  const left = Math.max(0, x - margin);
  const top = Math.max(0, y - margin);
  return {
    x: left,
    y: top,
    width: Math.min(frame.width, x + width + margin) - left,
    height: Math.min(frame.height, y + height + margin) - top,
  };
}

/** The state whose name stands on the plate, or just off it where the plate is seen at an angle. */
function stateOn({ x, y, width, height }: Box, lines: readonly DetectedLine[]): string | undefined {
  const near = { x: x - width * 0.1, y: y - height * 0.4, width: width * 1.2, height: height * 1.8 };
  for (const { place, words } of lines) {
    if (!contains(near, place.centre)) continue;
    const state = [words, ...words.map((word) => [word])]
      .map((run) => stateNamed(run.map(({ text }) => text.toUpperCase().replace(/[^A-Z0-9]/g, '')).join('')))
      .find((code) => code !== undefined);
    if (state !== undefined) return state;
  }
  return undefined;
}
