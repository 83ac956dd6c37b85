import { minimumRectangle, type Point, type Rectangle } from '../image/rectangle';

/** One word of a line of text. */
export interface DetectedWord {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** In pixels of the picture. */
  readonly place: Rectangle;
}

export interface DetectedLine {
  readonly words: readonly DetectedWord[];
  readonly place: Rectangle;
}

/** The part of a `DetectText` answer that is looked at; the service may leave out any of it. */
export interface TextDetectionLike {
  readonly DetectedText?: string | undefined;
  readonly Type?: string | undefined;
  readonly Id?: number | undefined;
  readonly ParentId?: number | undefined;
  readonly Confidence?: number | undefined;
  readonly Geometry?:
    | {
        readonly Polygon?:
          | readonly { readonly X?: number | undefined; readonly Y?: number | undefined }[]
          | undefined;
      }
    | undefined;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The lines of an answer with their words from left to right, in pixels of a picture of this size. A detection without
 * text, place, confidence or line is left out.
 */
export function linesOf(detections: readonly TextDetectionLike[], picture: Size): DetectedLine[] {
  const words = new Map<number, DetectedWord[]>();
  for (const detection of detections) {
    const word = detection.Type === 'WORD' ? wordOf(detection, picture) : undefined;
    if (word === undefined || detection.ParentId === undefined) continue;
    words.set(detection.ParentId, [...(words.get(detection.ParentId) ?? []), word]);
  }
  return detections.flatMap((detection) => {
    if (detection.Type !== 'LINE' || detection.Id === undefined) return [];
    const place = placeOf(detection, picture);
    const own = words.get(detection.Id);
    if (place === undefined || own === undefined) return [];
    return [{ place, words: own.sort((a, b) => a.place.centre.x - b.place.centre.x) }];
  });
}

function wordOf(detection: TextDetectionLike, picture: Size): DetectedWord | undefined {
  const { DetectedText: text, Confidence: percent } = detection;
  const place = placeOf(detection, picture);
  if (text === undefined || percent === undefined || place === undefined) return undefined;
  return { text, confidence: Math.min(1, Math.max(0, percent / 100)), place };
}

function placeOf({ Geometry }: TextDetectionLike, { width, height }: Size): Rectangle | undefined {
  const points: Point[] = [];
  for (const { X, Y } of Geometry?.Polygon ?? []) {
    if (X === undefined || Y === undefined || !Number.isFinite(X) || !Number.isFinite(Y)) return undefined;
    points.push({ x: X * width, y: Y * height });
  }
  return points.length < 3 ? undefined : minimumRectangle(points);
}
