import sharp from 'sharp';
import { renderScene } from '../../../scripts/scenes/scene';

describe('drawing street scenes', () => {
  it('gives the same bytes for the same request and other bytes for another seed', async () => {
    const [a, b, c] = await Promise.all([7, 7, 8].map((seed) => renderScene({ plate: 'TEST123', seed })));
    expect(Buffer.from(a?.image ?? []).equals(b?.image ?? Buffer.alloc(1))).toBe(true);
    expect(Buffer.from(a?.image ?? []).equals(c?.image ?? Buffer.alloc(0))).toBe(false);
  });

  it('labels a plate that lies whole in the frame', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { image, label } = await renderScene({ plate: 'TEST123', seed, width: 640, height: 360 });
      expect(await sharp(image).metadata()).toMatchObject({ format: 'jpeg', width: 640, height: 360 });
      expect(label.plate).toBe('TEST123');
      expect(label.x).toBeGreaterThan(0);
      expect(label.y).toBeGreaterThan(0);
      expect(label.x + label.width).toBeLessThan(640);
      expect(label.y + label.height).toBeLessThan(360);
    }
  });

  it.each(['', 'A', 'TEST12345', 'test123', 'TÉST', '<svg>'])('refuses to draw %j', async (plate) => {
    await expect(renderScene({ plate, seed: 1 })).rejects.toThrow(RangeError);
  });
});
