import sharp from 'sharp';
import { UnreadableImage } from '../../../core/reads/reader';
import { decodeImage } from '../../../reader/image/decode';

const flat = (width: number, height: number, background = '#c02010') =>
  sharp({ create: { width, height, channels: 3, background } });

const noisy = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
      background: '#000',
    },
  });

const codeOf = (image: Uint8Array) =>
  decodeImage(image).then(
    () => 'decoded',
    (error: unknown) => (error instanceof UnreadableImage ? error.code : 'another error'),
  );

describe('decoding a frame', () => {
  it('turns a photo upright as its EXIF orientation says', async () => {
    const left = await flat(20, 60, '#0000ff').png().toBuffer();
    const image = await flat(120, 60)
      .composite([{ input: left, left: 0, top: 0 }])
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { width, height, rgb } = await decodeImage(image);
    expect([width, height]).toEqual([60, 120]);
    const blueAt = (x: number, y: number) => (rgb[(y * 60 + x) * 3 + 2] ?? 0) > 128;
    expect([blueAt(30, 5), blueAt(30, 100)]).toEqual([true, false]);
  });

  it('gives three channels for CMYK, grey and transparent images', async () => {
    const cmyk = await flat(40, 40).toColourspace('cmyk').jpeg().toBuffer();
    const grey = await flat(40, 40).greyscale().jpeg().toBuffer();
    const clear = await sharp({
      create: { width: 40, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const sizes = await Promise.all(
      [cmyk, grey, clear].map(async (image) => (await decodeImage(image)).rgb.length),
    );
    expect(sizes).toEqual([4800, 4800, 4800]);
    expect([...(await decodeImage(clear)).rgb.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  it('refuses a photo that was cut off', async () => {
    const image = await noisy(200, 200).jpeg().toBuffer();
    expect(await codeOf(image.subarray(0, image.length / 2))).toBe('truncated');
    const png = await noisy(200, 200).png().toBuffer();
    expect(await codeOf(png.subarray(0, png.length / 2))).toBe('truncated');
  });

  it('refuses what is not a JPEG or PNG, whatever the decoder could open', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"/>');
    const gif = await flat(40, 40).gif().toBuffer();
    expect(
      await Promise.all([svg, gif, Buffer.alloc(0), Buffer.from([0xff, 0xd8, 0xff, 0, 0])].map(codeOf)),
    ).toEqual(['not-an-image', 'not-an-image', 'not-an-image', 'not-an-image']);
  });

  it('refuses more than 24 megapixels, however small the file', async () => {
    expect(await codeOf(await flat(6000, 4001).png().toBuffer())).toBe('too-large');
  });

  it('refuses an image in which no plate could be seen, a single pixel included', async () => {
    expect(await codeOf(await flat(400, 31).png().toBuffer())).toBe('too-small');
    expect(await codeOf(await flat(1, 1).jpeg().toBuffer())).toBe('too-small');
  });

  it('refuses a hundred megapixels by its header, without memory for them', async () => {
    const image = await noisy(64, 64).jpeg().toBuffer();
    const frameHeader = image.indexOf(Buffer.from([0xff, 0xc0]));
    image.writeUInt16BE(10_000, frameHeader + 5);
    image.writeUInt16BE(10_000, frameHeader + 7);
    const before = process.memoryUsage().rss;
    expect(await codeOf(image)).toBe('too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });
});
