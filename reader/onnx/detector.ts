import { InferenceSession } from 'onnxruntime-node';
import type { Pixels } from '../image/decode';
import { boxAround, mapCorners, overlap, type Quadrilateral } from '../image/quadrilateral';
import { shrunk } from '../image/shrink';
import { straightened } from '../image/straighten';
import { imageTensor, numbersOf } from './tensor';

/** A plate in the image's own pixels, and how surely it is one, 0 to 1. */
export interface FoundPlate {
  readonly quad: Quadrilateral;
  readonly score: number;
}

export type FindPlates = (pixels: Pixels) => Promise<FoundPlate[]>;

/** The longer side at the first look. */
const longSidePx = 640;
/** The network halves its input five times; its answer is one cell for each 8 pixels. */
const multipleOfPx = 32;
const cellPx = 8;
const cellMin = 0.12;
const overlapMax = 0.3;
/** A street full of signs costs no more than this many second looks. */
const platesMax = 6;
const paddingGrey = 114;

/** The second look: a window in which the plate is about 88 pixels wide. */
const window = { width: 192, height: 128, platePx: 88, nearPx: 44, candidates: 3 } as const;
/** What is left of a score when the second look does not see the plate. */
const unseenShare = 0.3;

/**
 * Finds plates twice: in the whole image, then each again in a closer window, which places the corners and rejects what
 * only looked like a plate from afar. Best first, none overlapping a better one.
 */
export async function loadDetector(
  path: string,
  options: InferenceSession.SessionOptions,
): Promise<FindPlates> {
  const session = await InferenceSession.create(path, options);
  const look = async (image: Pixels, most: number): Promise<FoundPlate[]> => {
    const outputs = await session.run({ image: imageTensor([image]) });
    const plate = numbersOf(outputs, 'plate');
    return platesIn(plate, numbersOf(outputs, 'corners'), image.width / cellPx).slice(0, most);
  };
  return async (pixels) => {
    const { image, scale } = await fitted(pixels);
    const found: FoundPlate[] = [];
    for (const { quad, score } of await look(image, platesMax)) {
      const afar = mapCorners(quad, ({ x, y }) => ({ x: x / scale, y: y / scale }));
      found.push(await lookCloser(pixels, { quad: afar, score }, look));
    }
    return withoutOverlaps(found);
  };
}

async function lookCloser(
  pixels: Pixels,
  { quad, score }: FoundPlate,
  look: (image: Pixels, most: number) => Promise<FoundPlate[]>,
): Promise<FoundPlate> {
  const box = boxAround(quad);
  const scale = window.platePx / Math.max(box.width, 1.6 * box.height, 8);
  const [width, height] = [window.width / scale, window.height / scale];
  const left = box.x + (box.width - width) / 2;
  const top = box.y + (box.height - height) / 2;
  const around: Quadrilateral = [
    { x: left, y: top },
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ];
  const closer = await straightened(pixels, around, { ...window, shrink: scale < 0.7 ? scale : 1 });
  const [best] = (await look(closer, window.candidates)).filter((plate) => isInTheMiddle(plate));
  if (best === undefined) return { quad, score: score * unseenShare };
  return {
    quad: mapCorners(best.quad, ({ x, y }) => ({ x: left + x / scale, y: top + y / scale })),
    score: Math.sqrt(score * best.score),
  };
}

function isInTheMiddle({ quad }: FoundPlate): boolean {
  const [a, b, c, d] = quad;
  const [x, y] = [(a.x + b.x + c.x + d.x) / 4, (a.y + b.y + c.y + d.y) / 4];
  return Math.abs(x - window.width / 2) < window.nearPx && Math.abs(y - window.height / 2) < window.nearPx;
}

/** The image at the first look's size, padded at the right and the bottom to the network's multiple. */
async function fitted(pixels: Pixels): Promise<{ image: Pixels; scale: number }> {
  const { width, height } = pixels;
  const scale = Math.min(1, longSidePx / Math.max(width, height));
  const small = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const inner = scale < 1 ? await shrunk(pixels, { x: 0, y: 0, width, height }, small) : pixels;
  const full = { width: roundUp(small.width), height: roundUp(small.height) };
  const rgb = new Uint8Array(full.width * full.height * 3).fill(paddingGrey);
  for (let y = 0; y < small.height; y++) {
    const row = inner.rgb.subarray(y * small.width * 3, (y + 1) * small.width * 3);
    rgb.set(row, y * full.width * 3);
  }
  return { image: { ...full, rgb }, scale };
}

const roundUp = (px: number) => Math.ceil(px / multipleOfPx) * multipleOfPx;

function platesIn(plate: Float32Array, corners: Float32Array, columns: number): FoundPlate[] {
  const candidates: FoundPlate[] = [];
  for (let cell = 0; cell < plate.length; cell++) {
    const score = plate[cell] ?? 0;
    if (score <= cellMin) continue;
    const x = ((cell % columns) + 0.5) * cellPx;
    const y = (Math.floor(cell / columns) + 0.5) * cellPx;
    const corner = (at: number) => ({
      x: x + (corners[2 * at * plate.length + cell] ?? 0),
      y: y + (corners[(2 * at + 1) * plate.length + cell] ?? 0),
    });
    candidates.push({ quad: [corner(0), corner(1), corner(2), corner(3)], score });
  }
  return withoutOverlaps(candidates);
}

function withoutOverlaps(plates: readonly FoundPlate[]): FoundPlate[] {
  const kept: (FoundPlate & { box: ReturnType<typeof boxAround> })[] = [];
  for (const plate of [...plates].sort((a, b) => b.score - a.score)) {
    const box = boxAround(plate.quad);
    if (kept.every((better) => overlap(better.box, box) < overlapMax)) kept.push({ ...plate, box });
    if (kept.length === platesMax) break;
  }
  return kept.map(({ quad, score }) => ({ quad, score }));
}
