import type { Point } from '../../reader/image/rectangle';
import { glyphStrokes } from './glyphs';
import type { Projection } from './perspective';

export interface PlateColours {
  readonly ground: string;
  readonly serial: string;
  readonly band: string;
}

/** Sizes in plate widths; a plate is 1 by 0.5, its middle at 0, 0 (12 by 6 inches, serial of about 2.6 inches). */
const serial = { height: 0.225, middleY: 0.03, widthMax: 0.82, aspect: 0.46, gap: 0.27, pen: 0.13 } as const;
const header = { height: 0.05, middleY: -0.175, aspect: 0.62, gap: 0.35, pen: 0.17 } as const;

/** A made-up issuer, so that no scene looks like a document of a real state. */
const issuer = 'EXAMPLE';

/** SVG of a plate seen through a projection: ground, rim, a band with the issuer's name, bolts and the serial. */
export function plateSvg(plate: string, colours: PlateColours, see: Projection, widthPx: number): string {
  const at = { see, widthPx };
  const bolts = [-0.32, 0.32].flatMap((x) => [-0.205, 0.205].map((y) => see({ x, y })));
  return [
    polygon(
      rectangle(1, 0.5, 0),
      see,
      `fill="${colours.ground}" stroke="#30343a" stroke-width="${widthPx * 0.012}"`,
    ),
    polygon(rectangle(0.94, 0.1, -0.18), see, `fill="${colours.band}" fill-opacity="0.5"`),
    ...bolts.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="${widthPx * 0.014}" fill="#777b80"/>`),
    line(issuer, header, { ...at, colour: colours.serial }),
    line(plate, serial, { ...at, colour: colours.serial }),
  ].join('');
}

export const plateCorners: readonly Point[] = rectangle(1, 0.5, 0);

interface Lettering {
  readonly height: number;
  readonly middleY: number;
  readonly aspect: number;
  /** Between characters, in character heights; and the pen's width. */
  readonly gap: number;
  readonly pen: number;
  readonly widthMax?: number;
}

function line(
  text: string,
  { height, middleY, aspect, gap, pen, widthMax = 1 }: Lettering,
  { see, widthPx, colour }: { see: Projection; widthPx: number; colour: string },
): string {
  const natural = text.length * height * aspect + (text.length - 1) * height * gap;
  const squeeze = Math.min(1, widthMax / natural);
  const width = height * aspect * squeeze;
  const step = width + height * gap * squeeze;
  const left = -(natural * squeeze) / 2;
  const paths = [...text].flatMap((character, index) =>
    glyphStrokes(character, aspect * squeeze).map(({ points, isClosed }) => {
      const seen = points.map(({ x, y }) =>
        see({ x: left + index * step + x * width, y: middleY + (y - 0.5) * height }),
      );
      return pathOf(seen) + (isClosed ? 'Z' : '');
    }),
  );
  const style = `fill="none" stroke="${colour}" stroke-width="${widthPx * height * pen}"`;
  return `<path d="${paths.join('')}" ${style} stroke-linejoin="round" stroke-linecap="round"/>`;
}

function rectangle(width: number, height: number, middleY: number): Point[] {
  const [x, y] = [width / 2, height / 2];
  return [
    { x: -x, y: middleY - y },
    { x, y: middleY - y },
    { x, y: middleY + y },
    { x: -x, y: middleY + y },
  ];
}

const polygon = (points: readonly Point[], see: Projection, style: string) =>
  `<path d="${pathOf(points.map(see))}Z" ${style}/>`;

const pathOf = (points: readonly Point[]) =>
  points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('');
