import sharp from 'sharp';
import type { Box } from '../../core/reads/read';
import { type Projection, project } from './perspective';
import { type PlateColours, plateCorners, plateSvg } from './plate-drawing';
import { type Chance, seededChance } from './random';
import { carSvg, streetSvg } from './street-drawing';

export interface SceneRequest {
  /** 2 to 8 characters of A-Z and 0-9; use made-up plates. */
  readonly plate: string;
  /** Everything else of the picture follows from it. */
  readonly seed: number;
  /** Pixels; by default 1280 by 720. */
  readonly width?: number;
  readonly height?: number;
}

export interface Scene {
  /** JPEG. */
  readonly image: Uint8Array;
  /** Where the plate is, pixels. */
  readonly label: Box & { readonly plate: string };
}

const colours: readonly [PlateColours, ...PlateColours[]] = [
  { ground: '#eef0ee', serial: '#1c2a5e', band: '#9db6d8' },
  { ground: '#f2f0e6', serial: '#22262c', band: '#d9b98f' },
  { ground: '#e6ecf2', serial: '#7a1420', band: '#c7d3e2' },
  { ground: '#f0e7b0', serial: '#1d3a2a', band: '#e2d48a' },
];

/**
 * A street scene with one car and its plate, drawn and then spoiled as a camera does: light, blur, sensor noise, JPEG.
 * The same request gives the same picture. Throws `RangeError` for a plate that it cannot draw.
 */
export async function renderScene(request: SceneRequest): Promise<Scene> {
  const { plate, seed, width = 1280, height = 720 } = request;
  if (!/^[A-Z0-9]{2,8}$/.test(plate)) throw new RangeError('a scene shows 2 to 8 characters of A-Z and 0-9');
  const chance = seededChance(seed);
  const widthPx = chance.between(0.085, 0.14) * width;
  const centre = { x: chance.between(0.35, 0.65) * width, y: chance.between(0.55, 0.7) * height };
  const see = project({
    centre,
    widthPx,
    yaw: chance.between(-0.45, 0.45),
    pitch: chance.between(-0.25, 0.25),
    roll: chance.between(-0.06, 0.06),
  });
  const drawing = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    streetSvg({ width, height, horizonY: height * chance.between(0.38, 0.5) }, chance),
    carSvg({ ...centre, widthPx }, chance),
    plateSvg(plate, chance.pick(colours), see, widthPx),
    '</svg>',
  ].join('');
  const image = await photographed(Buffer.from(drawing), { width, height }, chance);
  return { image, label: { ...boundsOfPlate(see), plate } };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

async function photographed(svg: Buffer, size: Size, chance: Chance): Promise<Uint8Array> {
  const light = chance.between(0.55, 1.1);
  const tint = [light * chance.between(0.95, 1.05), light, light * chance.between(0.95, 1.05)];
  const clean = await sharp(svg)
    .flatten()
    .removeAlpha()
    .linear(tint, [6, 6, 6])
    .blur(chance.between(0.5, 1.1))
    .raw()
    .toBuffer();
  return sharp(withNoise(clean, chance.between(2, 7), chance), { raw: { ...size, channels: 3 } })
    .jpeg({ quality: Math.round(chance.between(72, 90)) })
    .toBuffer();
}

/** A prime, so that the noise's repeats fall on no column. */
const noiseLength = 65_521;

/** Sensor noise of the given deviation, from one list of chances walked from a new place for each row of pixels. */
function withNoise(clean: Uint8Array, deviation: number, chance: Chance): Uint8ClampedArray {
  const noise = Float32Array.from({ length: noiseLength }, () => deviation * chance.normal());
  const noisy = new Uint8ClampedArray(clean);
  for (let at = 0; at < noisy.length; at++) {
    noisy[at] = (clean[at] ?? 0) + (noise[(at + (at >> 11) * 7919) % noiseLength] ?? 0);
  }
  return noisy;
}

function boundsOfPlate(see: Projection): Box {
  const corners = plateCorners.map(see);
  const [x, y] = [Math.min(...corners.map((p) => p.x)), Math.min(...corners.map((p) => p.y))];
  return {
    x: Math.floor(x),
    y: Math.floor(y),
    width: Math.ceil(Math.max(...corners.map((p) => p.x)) - x),
    height: Math.ceil(Math.max(...corners.map((p) => p.y)) - y),
  };
}
