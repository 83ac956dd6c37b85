import type { Chance } from './random';

export interface Street {
  readonly width: number;
  readonly height: number;
  readonly horizonY: number;
}

/** SVG of a street without text: sky, houses with windows, road with its markings. */
export function streetSvg({ width, height, horizonY }: Street, chance: Chance): string {
  const sky = chance.pick(['#b9cfe6', '#cfd4d8', '#e3d3bd', '#8fa3b8']);
  const road = chance.pick(['#5a5c60', '#6b6a67', '#4b4e53']);
  return [
    rect({ x: 0, y: 0, width, height: horizonY }, sky),
    ...houses({ width, height, horizonY }, chance),
    rect({ x: 0, y: horizonY, width, height: height - horizonY }, road),
    rect({ x: 0, y: horizonY, width, height: height * 0.03 }, '#8d8b86'),
    ...[0, 1, 2, 3].map((dash) => laneDash({ width, height, horizonY }, dash)),
  ].join('');
}

/** SVG of the back of a car whose plate, of the given width, has its middle at x, y. */
export function carSvg(plate: { x: number; y: number; widthPx: number }, chance: Chance): string {
  const { x, y, widthPx: unit } = plate;
  const paint = chance.pick(['#7d2228', '#2a3f66', '#c9ccd0', '#2b2d30', '#e8e6e0', '#4d5b45']);
  const dark = '#1b1e22';
  const at = (dx: number, dy: number, w: number, h: number) => ({
    x: x + dx * unit,
    y: y + dy * unit,
    width: w * unit,
    height: h * unit,
  });
  return [
    `<ellipse cx="${x}" cy="${y + 1.62 * unit}" rx="${3.2 * unit}" ry="${0.3 * unit}" fill="#000" fill-opacity="0.4"/>`,
    rect(at(-2.6, 0.7, 0.8, 0.95), dark, 0.2 * unit),
    rect(at(1.8, 0.7, 0.8, 0.95), dark, 0.2 * unit),
    rect(at(-2.3, -2.9, 4.6, 2.4), paint, 0.7 * unit),
    rect(at(-1.95, -2.65, 3.9, 1.35), '#39434e', 0.4 * unit),
    rect(at(-2.9, -1.3, 5.8, 2.4), paint, 0.5 * unit),
    rect(at(-2.75, -0.95, 0.85, 0.55), '#a3161c', 0.12 * unit),
    rect(at(1.9, -0.95, 0.85, 0.55), '#a3161c', 0.12 * unit),
    rect(at(-2.95, 0.6, 5.9, 0.6), dark, 0.2 * unit),
    rect(at(-0.62, -0.38, 1.24, 0.76), '#22262b', 0.05 * unit),
  ].join('');
}

function houses({ width, horizonY }: Street, chance: Chance): string[] {
  const drawn: string[] = [];
  for (let x = 0; x < width; ) {
    const house = { x, width: chance.between(90, 240), height: chance.between(0.35, 0.85) * horizonY };
    const wall = chance.pick(['#8a6f5e', '#9b958a', '#6f7a80', '#a58f72', '#77655c']);
    drawn.push(rect({ ...house, y: horizonY - house.height }, wall));
    for (let wx = x + 14; wx < x + house.width - 30; wx += 44) {
      for (let wy = horizonY - house.height + 16; wy < horizonY - 50; wy += 56) {
        drawn.push(
          rect({ x: wx, y: wy, width: 24, height: 34 }, chance.pick(['#46525e', '#56616b', '#d8c88f'])),
        );
      }
    }
    x += house.width;
  }
  return drawn;
}

function laneDash({ width, height, horizonY }: Street, dash: number): string {
  const near = (share: number) => horizonY + (height - horizonY) * share;
  const [top, bottom] = [near((dash + 0.3) ** 2 / 16), near((dash + 0.8) ** 2 / 16)];
  const x = (y: number) => width * 0.12 - (y - horizonY) * 0.15;
  const half = (y: number) => 2 + (y - horizonY) * 0.02;
  const corners = [
    [x(top) - half(top), top],
    [x(top) + half(top), top],
    [x(bottom) + half(bottom), bottom],
    [x(bottom) - half(bottom), bottom],
  ];
  return `<polygon points="${corners.map((corner) => corner.join(',')).join(' ')}" fill="#d9d6c8"/>`;
}

const rect = (box: { x: number; y: number; width: number; height: number }, fill: string, round = 0) =>
  `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="${round}" fill="${fill}"/>`;
