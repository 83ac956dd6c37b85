import { boxAround, grown, overlap, type Quadrilateral, widthOf } from '../../../reader/image/quadrilateral';
import { straightened } from '../../../reader/image/straighten';

const square: Quadrilateral = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 100, y: 50 },
  { x: 0, y: 50 },
];

/** Red grows to the right, green downwards. */
function ramp(width: number, height: number) {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgb.set([x, y, 0], (y * width + x) * 3);
  }
  return { width, height, rgb };
}

const pixelAt = ({ width, rgb }: { width: number; rgb: Uint8Array }, x: number, y: number) => [
  ...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 2),
];

describe('straightening a plate', () => {
  it('lays the corners of a slanted quadrilateral at the corners of the picture', async () => {
    const quad: Quadrilateral = [
      { x: 40, y: 20 },
      { x: 140, y: 50 },
      { x: 130, y: 110 },
      { x: 30, y: 70 },
    ];
    const flat = await straightened(ramp(200, 150), quad, { width: 100, height: 50 });
    expect(pixelAt(flat, 0, 0)).toEqual([40, 20]);
    const [red = 0, green = 0] = pixelAt(flat, 99, 49);
    expect(Math.abs(red - 129)).toBeLessThanOrEqual(2);
    expect(Math.abs(green - 109)).toBeLessThanOrEqual(2);
  });

  it('repeats the edge outside the image', async () => {
    const outside: Quadrilateral = [
      { x: -50, y: -50 },
      { x: -10, y: -50 },
      { x: -10, y: -10 },
      { x: -50, y: -10 },
    ];
    const flat = await straightened(ramp(200, 150), outside, { width: 8, height: 4 });
    expect(new Set(flat.rgb)).toEqual(new Set([0]));
  });

  it('shows the same when it first makes the surroundings smaller', async () => {
    const large = await straightened(ramp(250, 200), square, { width: 25, height: 12, shrink: 0.4 });
    const [red = 0, green = 0] = pixelAt(large, 12, 6);
    expect(Math.abs(red - 49)).toBeLessThanOrEqual(3);
    expect(Math.abs(green - 26)).toBeLessThanOrEqual(3);
  });

  it('does not fail on a quadrilateral that has collapsed', async () => {
    const point = { x: 5, y: 5 };
    const flat = await straightened(ramp(20, 20), [point, point, point, point], { width: 2, height: 1 });
    expect([...flat.rgb]).toEqual([5, 5, 0, 5, 5, 0]);
  });
});

describe('quadrilaterals', () => {
  it('grows outwards along its sides', () => {
    expect(boxAround(grown(square, { left: 0.1, right: 0.1, above: 0.2, below: 0.2 }))).toEqual({
      x: -10,
      y: -10,
      width: 120,
      height: 70,
    });
    expect(widthOf(square)).toBe(100);
  });

  it('moves each side by its own share, a negative one inwards', () => {
    const box = boxAround(grown(square, { left: 0.1, right: 0, above: -0.2, below: 0.4 }));
    expect(box).toEqual({ x: -10, y: 10, width: 110, height: 60 });
  });

  it('measures the overlap of boxes', () => {
    const box = { x: 0, y: 0, width: 10, height: 10 };
    expect(overlap(box, { ...box, x: 5 })).toBeCloseTo(1 / 3, 9);
    expect(overlap(box, { ...box, x: 10 })).toBe(0);
  });
});
