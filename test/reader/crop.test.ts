import sharp from 'sharp';
import { cropJpeg } from '../../reader/crop';

const frame = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#406080' } }).jpeg();

describe('cropping a picture for the officer', () => {
  it('cuts the box and keeps the size of a small crop', async () => {
    const crop = await cropJpeg(await frame(300, 200).toBuffer(), { x: 20, y: 30, width: 100, height: 50 });
    expect(await sharp(crop).metadata()).toMatchObject({ format: 'jpeg', width: 100, height: 50 });
  });

  it('scales a wide crop down to the width that was asked for', async () => {
    const crop = await cropJpeg(
      await frame(800, 400).toBuffer(),
      { x: 0, y: 0, width: 800, height: 400 },
      { maxWidth: 200 },
    );
    expect(await sharp(crop).metadata()).toMatchObject({ width: 200, height: 100 });
  });

  it('cuts a box that reaches out of the frame to what lies inside', async () => {
    const crop = await cropJpeg(await frame(300, 200).toBuffer(), {
      x: -50,
      y: 150.5,
      width: 100,
      height: 500,
    });
    expect(await sharp(crop).metadata()).toMatchObject({ width: 50, height: 50 });
  });

  it('carries no metadata of the frame', async () => {
    const image = await frame(300, 200)
      .withExif({ IFD0: { Copyright: 'someone' }, IFD3: { GPSLatitude: '40/1' } })
      .toBuffer();
    expect((await sharp(image).metadata()).exif).toBeDefined();
    const crop = await cropJpeg(image, { x: 0, y: 0, width: 100, height: 100 });
    expect((await sharp(crop).metadata()).exif).toBeUndefined();
  });

  it('uses the coordinates of the upright image', async () => {
    const image = await frame(300, 200).withMetadata({ orientation: 6 }).toBuffer();
    const crop = await cropJpeg(image, { x: 0, y: 250, width: 200, height: 50 });
    expect(await sharp(crop).metadata()).toMatchObject({ width: 200, height: 50 });
  });
});
