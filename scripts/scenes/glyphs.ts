import type { Point } from '../../reader/image/rectangle';

/** One stroke of a pen: a line through points, in a box of 1 by 1 from the top left. */
export interface Stroke {
  readonly points: readonly Point[];
  readonly isClosed: boolean;
}

/**
 * The letters of our scenes: drawn here, so that no font needs to be installed. `x,y` are corners, `r` behind one rounds
 * it, `o` before a stroke closes it, `;` lifts the pen. Shaped after the plain condensed letters of embossed plates.
 */
const drawings: Readonly<Record<string, string>> = {
  '0': 'o 0,0r 1,0r 1,1r 0,1r',
  '1': '.12,.2 .5,0 .5,1',
  '2': '0,.24 0,0r 1,0r 1,.44r 0,.78 0,1 1,1',
  '3': '0,.22 0,0r 1,0r 1,.48r .4,.48; .4,.48 1,.48r 1,1r 0,1r 0,.78',
  '4': '.74,1 .74,0 0,.68 1,.68',
  '5': '1,0 .05,0 .05,.42 1,.38r 1,1r 0,1r 0,.78',
  '6': '1,.22 1,0r 0,0r 0,1r 1,1r 1,.44r 0,.44r 0,.7',
  '7': '0,0 1,0 .36,1',
  '8': 'o .06,0r .94,0r .94,.47r .06,.47r; o 0,.47r 1,.47r 1,1r 0,1r',
  '9': '0,.78 0,1r 1,1r 1,0r 0,0r 0,.56r 1,.56r 1,.3',
  A: '0,1 .5,0 1,1; .17,.68 .83,.68',
  B: 'o 0,0 .95,0r .95,.48r 0,.48; o 0,.48 1,.48r 1,1r 0,1',
  C: '1,.26 1,0r 0,0r 0,1r 1,1r 1,.74',
  D: 'o 0,0 1,0r 1,1r 0,1',
  E: '1,0 0,0 0,1 1,1; 0,.48 .82,.48',
  F: '1,0 0,0 0,1; 0,.48 .82,.48',
  G: '1,.26 1,0r 0,0r 0,1r 1,1r 1,.55 .55,.55',
  H: '0,0 0,1; 1,0 1,1; 0,.48 1,.48',
  I: '.5,0 .5,1; .12,0 .88,0; .12,1 .88,1',
  J: '1,0 1,1r 0,1r 0,.7',
  K: '0,0 0,1; 1,0 0,.62; .34,.42 1,1',
  L: '0,0 0,1 1,1',
  M: '0,1 0,0 .5,.62 1,0 1,1',
  N: '0,1 0,0 1,1 1,0',
  O: 'o 0,0r 1,0r 1,1r 0,1r',
  P: '0,1 0,0 1,0r 1,.54r 0,.54',
  Q: 'o 0,0r 1,0r 1,1r 0,1r; .55,.7 1.05,1.06',
  R: '0,1 0,0 1,0r 1,.52r 0,.52; .5,.52 1,1',
  S: '1,.24 1,0r 0,0r 0,.47r 1,.49r 1,1r 0,1r 0,.76',
  T: '0,0 1,0; .5,0 .5,1',
  U: '0,0 0,1r 1,1r 1,0',
  V: '0,0 .5,1 1,0',
  W: '0,0 .22,1 .5,.34 .78,1 1,0',
  X: '0,0 1,1; 1,0 0,1',
  Y: '0,0 .5,.5 1,0; .5,.5 .5,1',
  Z: '0,0 1,0 0,1 1,1',
};

/** The strokes of one letter or digit, its round corners drawn as short chords for the given aspect (width / height). */
export function glyphStrokes(character: string, aspect: number): readonly Stroke[] {
  const drawing = drawings[character];
  if (drawing === undefined) throw new RangeError('scenes draw A-Z and 0-9 only');
  return drawing.split(';').map((stroke) => roundedStroke(stroke.trim(), aspect));
}

interface Corner extends Point {
  readonly isRound: boolean;
}

function roundedStroke(stroke: string, aspect: number): Stroke {
  const isClosed = stroke.startsWith('o');
  const corners = stroke.replace(/^o/, '').trim().split(/\s+/).map(parseCorner);
  const points = corners.flatMap((corner, at) => {
    const isEnd = !isClosed && (at === 0 || at === corners.length - 1);
    const before = corners.at(at - 1) ?? corner;
    const after = corners[(at + 1) % corners.length] ?? corner;
    return corner.isRound && !isEnd ? arc({ before, corner, after }, aspect) : [corner];
  });
  return { points, isClosed };
}

function parseCorner(text: string): Corner {
  const [x, y] = text.replace('r', '').split(',').map(Number);
  return { x: x ?? 0, y: y ?? 0, isRound: text.endsWith('r') };
}

/** Rounds a corner by a quadratic curve that starts and ends at most 0.42 of the glyph's width from it. */
function arc(
  { before, corner, after }: { before: Point; corner: Point; after: Point },
  aspect: number,
): Point[] {
  const from = towards(corner, before, aspect);
  const to = towards(corner, after, aspect);
  return [0, 0.2, 0.4, 0.6, 0.8, 1].map((t) => ({
    x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * corner.x + t * t * to.x,
    y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * corner.y + t * t * to.y,
  }));
}

function towards(corner: Point, other: Point, aspect: number): Point {
  const length = Math.hypot((other.x - corner.x) * aspect, other.y - corner.y);
  const share = length === 0 ? 0 : Math.min(0.5, (0.42 * aspect) / length);
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share };
}
