import type { ReadTextLine } from './ocr/ocr';
import type { Line, Pixels } from './ocr/pixels';

/** The service names at most this many words of a picture. */
const wordsMax = 100;

/**
 * Lines and words as the service answers them: lines first, each word with its line's id, confidences in percent,
 * places as shares of the picture's width and height, polygons clockwise from the text's own top left.
 */
export function textDetections(lines: readonly ReadTextLine[], frame: Pixels): Record<string, unknown>[] {
  const shown = upToWords(lines, wordsMax);
  const words = shown.flatMap(({ line, words }, lineId) =>
    words.map((word) => ({ ...word, lineId, place: part(line, word) })),
  );
  return [
    ...shown.map(({ line, words }, id) => ({
      DetectedText: words.map(({ text }) => text).join(' '),
      Type: 'LINE',
      Id: id,
      Confidence: percent(words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length),
      Geometry: geometry(line, frame),
    })),
    ...words.map(({ text, confidence, lineId, place }, at) => ({
      DetectedText: text,
      Type: 'WORD',
      Id: shown.length + at,
      ParentId: lineId,
      Confidence: percent(confidence),
      Geometry: geometry(place, frame),
    })),
  ];
}

function upToWords(lines: readonly ReadTextLine[], max: number): ReadTextLine[] {
  let left = max;
  return lines.flatMap(({ line, words }) => {
    const taken = words.slice(0, left);
    left -= taken.length;
    return taken.length === 0 ? [] : [{ line, words: taken }];
  });
}

/** The stretch of a line between two shares of its width. */
function part(line: Line, { from, to }: { readonly from: number; readonly to: number }): Line {
  const shift = ((from + to) / 2 - 0.5) * line.width;
  return {
    ...line,
    x: line.x + shift * Math.cos(line.angle),
    y: line.y + shift * Math.sin(line.angle),
    width: (to - from) * line.width,
  };
}

function geometry({ x, y, width, height, angle }: Line, frame: Pixels) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corner = (u: number, v: number) => ({
    X: single((x + u * cos - v * sin) / frame.width),
    Y: single((y + u * sin + v * cos) / frame.height),
  });
  const [right, bottom] = [width / 2, height / 2];
  const Polygon = [
    corner(-right, -bottom),
    corner(right, -bottom),
    corner(right, bottom),
    corner(-right, bottom),
  ];
  const [left, top] = [Math.min(...Polygon.map(({ X }) => X)), Math.min(...Polygon.map(({ Y }) => Y))];
  return {
    BoundingBox: {
      Width: single(Math.max(...Polygon.map(({ X }) => X)) - left),
      Height: single(Math.max(...Polygon.map(({ Y }) => Y)) - top),
      Left: left,
      Top: top,
    },
    Polygon,
  };
}

const percent = (share: number) => single(100 * share);
/** The service's numbers have single precision. */
const single = (value: number) => Math.fround(value);
