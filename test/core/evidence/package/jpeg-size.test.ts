import fc from 'fast-check';
import { jpegSize } from '../../../../core/evidence/package/jpeg-size';
import { madeJpeg } from '../made-evidence';

describe('the size of a JPEG', () => {
  it('stands in its first frame header, whatever comes before it', () => {
    expect(jpegSize(madeJpeg(640, 480))).toEqual({ width: 640, height: 480, components: 3 });
    expect(jpegSize(madeJpeg(20, 10, 1))).toEqual({ width: 20, height: 10, components: 1 });
  });

  it.each([
    ['no JPEG', Buffer.from('made-up jpeg')],
    ['nothing', Buffer.alloc(0)],
    ['a JPEG without a size', madeJpeg(0, 10)],
    ['four components, which few readers show alike', madeJpeg(10, 10, 4)],
    ['a header that is cut', madeJpeg().subarray(0, 15)],
  ])('is not known of %s', (_, bytes) => {
    expect(jpegSize(bytes)).toBeUndefined();
  });

  it('never throws and never loops, whatever a camera sends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 50 }), (bytes, more) => {
        jpegSize(bytes);
        jpegSize(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), more, bytes]));
      }),
    );
  });
});
