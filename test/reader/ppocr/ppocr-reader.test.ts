/** @jest-environment ./test/reader/onnx-environment.cjs */
import sharp from 'sharp';
import { type PlateReader, UnreadableImage } from '../../../core/reads/reader';
import { createPpOcrReader } from '../../../reader/ppocr/ppocr-reader';
import { renderScene } from '../../../scripts/scenes/scene';

let reader: PlateReader;
beforeAll(async () => {
  reader = await createPpOcrReader();
}, 60_000);

const scenes = [
  { plate: 'TEST123', seed: 1 },
  { plate: 'TEST456', seed: 2 },
  { plate: 'FAKE789', seed: 3 },
  { plate: 'XMPL246', seed: 4 },
  { plate: 'ABC1357', seed: 6 },
  { plate: 'ZZZ4321', seed: 7 },
];

describe('reading plates from photos', () => {
  it.each(scenes)(
    'reads $plate in its street scene, where it is',
    async (scene) => {
      const { image, label } = await renderScene(scene);
      const [first] = await reader.read(image);
      expect(first).toMatchObject({ plate: scene.plate, outcome: 'accepted' });
      const { x, y, width, height } = first?.box ?? { x: 0, y: 0, width: 0, height: 0 };
      const [middleX, middleY] = [x + width / 2, y + height / 2];
      expect(Math.abs(middleX - (label.x + label.width / 2))).toBeLessThan(label.width * 0.1);
      expect(Math.abs(middleY - (label.y + label.height / 2))).toBeLessThan(label.height * 0.2);
      expect(first?.vehicleBox.width).toBeGreaterThan(4 * width);
      expect(first?.characterConfidences).toHaveLength(scene.plate.length);
    },
    20_000,
  );

  it('sees no plate on an empty wall', async () => {
    const wall = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#8a7a6a' } })
      .jpeg()
      .toBuffer();
    expect(await reader.read(wall)).toEqual([]);
  }, 20_000);

  it('says that a frame is unreadable and reads the next one', async () => {
    const { image } = await renderScene({ plate: 'TEST123', seed: 1 });
    const [broken, whole] = await Promise.allSettled([
      reader.read(image.subarray(0, image.length / 2)),
      reader.read(image),
    ]);
    expect(broken).toEqual({ status: 'rejected', reason: new UnreadableImage('truncated') });
    expect(whole).toMatchObject({ status: 'fulfilled', value: [{ plate: 'TEST123' }] });
  }, 20_000);

  it('abstains from everything when asked to be certain', async () => {
    const strict = await createPpOcrReader({ acceptAt: 1.01 });
    const { image } = await renderScene({ plate: 'TEST123', seed: 1 });
    expect(await strict.read(image)).toMatchObject([{ plate: 'TEST123', outcome: 'abstained' }]);
  }, 20_000);
});
