import { parseFrameName } from '../../../core/reads/frame-name';

const id = '2d1c8a34-35b1-4d8e-8f09-5a2a0f6a7b10';

describe('the name of a frame', () => {
  it('says camera and time', () => {
    expect(parseFrameName(`fixed-1/1793620800000-${id}.jpg`)).toEqual({
      cameraId: 'fixed-1',
      capturedAtMs: 1_793_620_800_000,
    });
  });

  it.each([
    `1793620800000-${id}.jpg`,
    `fixed-1/x/1793620800000-${id}.jpg`,
    `../fixed-1/1793620800000-${id}.jpg`,
    `fixed-1/17936208000-${id}.jpg`,
    `fixed-1/1793620800000-${id}.png`,
    `fixed-1/1793620800000-${id}.jpg\n`,
    `fixed 1/1793620800000-${id}.jpg`,
    'fixed-1/1793620800000.jpg',
    '',
  ])('is not %j', (key) => {
    expect(parseFrameName(key)).toBeUndefined();
  });
});
